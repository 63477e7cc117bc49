import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { simpleParser } from 'mailparser'
import { afterAll, beforeAll } from 'vitest'

type Received = { to: string; raw: string }

/** A real mail server in a process of its own, for the tests of one file. */
export function useSmtpServer() {
  const received: Received[] = []
  let child: ChildProcess
  let port = 0
  beforeAll(async () => {
    child = fork(new URL('./smtp-process.mjs', import.meta.url))
    const [ready] = (await once(child, 'message')) as [{ port: number }]
    port = ready.port
    child.on('message', ({ mail }: { mail: Received }) => {
      received.push(mail)
      child.send('noted')
    })
  })
  afterAll(async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  return {
    get url() {
      return `smtp://127.0.0.1:${port}`
    },
    /** What was accepted for an address, parsed. */
    mailsTo: (address: string) =>
      Promise.all(
        received.filter(({ to }) => to === address).map(({ raw }) => simpleParser(Buffer.from(raw, 'base64'))),
      ),
    received,
  }
}
