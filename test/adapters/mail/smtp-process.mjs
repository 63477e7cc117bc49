import { SMTPServer } from 'smtp-server'

// A mail server in a process of its own. The first part of an address says how it is treated.
const refusals = {
  gone: [550, '5.1.1 no such user here'],
  bare: [550, 'no such user here'],
  policy: [550, '5.7.1 relaying denied'],
  later: [451, '4.7.1 greylisted, come back'],
  closing: [421, '4.3.2 going down'],
}
const refusalsOfContent = {
  spam: [554, '5.7.1 looks like spam'],
  late: [550, '5.1.1 no such mailbox after all'],
}
const refusal = ([responseCode, message]) => Object.assign(new Error(message), { responseCode })
const treatmentOf = ({ address }) => address.split('@')[0].split('+')[0]

// A mail counts as taken only when the tests have noted it: the sender's answer travels by another way and may be faster.
const unnoted = []
process.on('message', () => unnoted.shift()())

const server = new SMTPServer({
  ...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], disableReverseLookup: true },
  onMailFrom: ({ address }, _session, callback) =>
    callback(address.startsWith('banned@') ? refusal([550, '5.7.1 sender refused']) : null),
  onRcptTo: (address, _session, callback) => {
    const treatment = treatmentOf(address)
    if (treatment === 'silent') return
    callback(refusals[treatment] ? refusal(refusals[treatment]) : null)
  },
  onData: (stream, { envelope }, callback) => {
    const chunks = []
    stream.on('data', (chunk) => chunks.push(chunk))
    stream.on('end', () => {
      const content = refusalsOfContent[treatmentOf(envelope.rcptTo[0])]
      if (content) return callback(refusal(content))
      const raw = Buffer.concat(chunks).toString('base64')
      unnoted.push(callback)
      process.send({ mail: { to: envelope.rcptTo[0].address, raw } })
    })
  },
})
server.on('error', () => {})
server.listen(0, '127.0.0.1', () => process.send({ port: server.server.address().port }))
process.on('disconnect', () => process.exit())
