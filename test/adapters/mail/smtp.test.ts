import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { smtpMailer } from '../../../src/adapters/mail/smtp.ts'
import type { Mail, Mailer } from '../../../src/ports/mailer.ts'
import { testClock } from '../../support/clock.ts'
import { useSmtpServer } from './smtp-server.ts'

const smtp = useSmtpServer()
const open: Mailer[] = []
const listeners: { server: Server; sockets: Socket[] }[] = []
afterEach(async () => {
  for (const mailer of open.splice(0)) await mailer.close()
  for (const { server, sockets } of listeners.splice(0)) {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
})

function mailerTo(url: string, { from = '鹊桥 <no-reply@example.cn>', timeoutMs = 2_000 } = {}) {
  const clock = testClock()
  const mailer = smtpMailer({ url, from, clock, timeoutMs })
  open.push(mailer)
  return { mailer, clock }
}

const mailTo = (to: string, id = 'mdl_01k9w3ynwzf5yr8t6x2m4q7c1d'): Mail => ({
  ...{ id, to, subject: '被退回：气密性提升', text: '正文', html: '<p>正文</p>' },
  headers: {
    'List-Unsubscribe': `<https://api.example.cn/v1/unsubscribe?token=${'a'.repeat(120)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
})

/** A listener that takes connections and says what it is told, or nothing. */
async function listener(greet: (socket: Socket) => void): Promise<{ url: string; sockets: Socket[] }> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => {})
    greet(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  listeners.push({ server, sockets })
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets }
}

describe('a mail that a server takes', () => {
  it('arrives as text and HTML in Chinese, with its headers in one piece and its own Message-ID', async () => {
    const { mailer } = mailerTo(smtp.url)
    const mail = mailTo('whole@example.com')
    expect(await mailer.send(mail)).toEqual({ status: 'accepted' })
    const [arrived] = await smtp.mailsTo('whole@example.com')
    expect(arrived).toMatchObject({ subject: mail.subject, html: '<p>正文</p>', messageId: `<${mail.id}@example.cn>` })
    expect(arrived?.text?.trim()).toBe('正文')
    expect(arrived?.from?.text).toContain('鹊桥')
    const raw = smtp.received.find(({ to }) => to === 'whole@example.com')?.raw ?? ''
    const lines = Buffer.from(raw, 'base64')
      .toString()
      .replace(/\r\n[ \t]+/g, ' ')
    expect(lines).toContain(`List-Unsubscribe: ${mail.headers['List-Unsubscribe']}\r\n`)
    expect(lines).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n')
  })

  it('carries the same Message-ID at every attempt', async () => {
    const { mailer } = mailerTo(smtp.url)
    await mailer.send(mailTo('twice@example.com'))
    await mailer.send(mailTo('twice@example.com'))
    const ids = (await smtp.mailsTo('twice@example.com')).map(({ messageId }) => messageId)
    expect([ids.length, new Set(ids).size]).toEqual([2, 1])
  })
})

describe('a mail that a server refuses', () => {
  it.each([
    ['gone', 'bounced'],
    ['bare', 'bounced'],
    ['late', 'bounced'],
    ['policy', 'rejected'],
    ['spam', 'rejected'],
    ['later', 'deferred'],
    ['closing', 'unavailable'],
  ])('for %s@ is %s', async (name, status) => {
    const { mailer } = mailerTo(smtp.url)
    const outcome = await mailer.send(mailTo(`${name}@example.com`))
    expect(outcome).toMatchObject({ status, reason: expect.stringMatching(/^[245]\d\d [^\r\n]+$/) })
  })

  it('because of our own sender says nothing about the address', async () => {
    const { mailer } = mailerTo(smtp.url, { from: 'banned@example.cn' })
    expect((await mailer.send(mailTo('fine@example.com'))).status).toBe('unavailable')
  })
})

describe('a server that is away', () => {
  it('is asked again only after a rest', async () => {
    const { url, sockets } = await listener((socket) => socket.end('554 no service\r\n'))
    const { mailer, clock } = mailerTo(url)
    const statusOf = async () => (await mailer.send(mailTo('a@example.com'))).status
    expect(await statusOf()).toBe('unavailable')
    const knocks = sockets.length
    expect(await statusOf()).toBe('unavailable')
    expect(sockets).toHaveLength(knocks)
    clock.advance('31s')
    expect(await statusOf()).toBe('unavailable')
    expect(sockets.length).toBeGreaterThan(knocks)
  })

  it('may refuse the connection, say nothing, or fall silent in the middle: each ends within its time', async () => {
    const mute = await listener(() => {})
    for (const url of ['smtp://127.0.0.1:1', mute.url]) {
      const { mailer } = mailerTo(url, { timeoutMs: 300 })
      const startedAt = performance.now()
      expect((await mailer.send(mailTo('a@example.com'))).status).toBe('unavailable')
      expect(performance.now() - startedAt).toBeLessThan(3_000)
    }
    const { mailer } = mailerTo(smtp.url, { timeoutMs: 300 })
    expect((await mailer.send(mailTo('silent@example.com'))).status).toBe('unavailable')
  })

  it('that dribbles one line before every timeout is left after six of them', async () => {
    const timers: NodeJS.Timeout[] = []
    const { url } = await listener((socket) => {
      timers.push(setInterval(() => socket.write('220-wait\r\n'), 100))
    })
    const { mailer } = mailerTo(url, { timeoutMs: 200 })
    const outcome = await mailer.send(mailTo('a@example.com'))
    for (const timer of timers) clearInterval(timer)
    expect(outcome.status).toBe('unavailable')
  })
})
