import { createTransport } from 'nodemailer'
import type { Clock } from '../../kernel/clock.ts'
import type { Mail, Mailer, MailOutcome } from '../../ports/mailer.ts'
import { messageIdOf } from './message-id.ts'
import { outcomeOfFailure } from './smtp-outcome.ts'

export type SmtpOptions = {
  /** smtp://user:password@host:587 or smtps://host:465. */
  url: string
  from: string
  clock: Clock
  timeoutMs?: number
  /** How long nobody knocks after the server was away (OPS-7). */
  restMs?: number
}

const connections = 4

/** Mail through a server: few connections that are kept, every step within ten seconds, a rest when the server is away. */
export function smtpMailer({ url, from, clock, timeoutMs = 10_000, restMs = 30_000 }: SmtpOptions): Mailer {
  const transport = createTransport({
    ...{ url, pool: true, maxConnections: connections, maxMessages: 100 },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  let restUntil = 0
  return {
    send: async (mail) => {
      if (clock.now().getTime() < restUntil) return resting
      const outcome = await within(6 * timeoutMs, attempt(mail))
      if (outcome.status === 'unavailable') restUntil = clock.now().getTime() + restMs
      return outcome
    },
    close: async () => transport.close(),
  }

  async function attempt({ id, ...mail }: Mail): Promise<MailOutcome> {
    try {
      await transport.sendMail({ ...mail, from, messageId: messageIdOf(id, from) })
      return { status: 'accepted' }
    } catch (error) {
      return outcomeOfFailure(error)
    }
  }
}

const resting: MailOutcome = { status: 'unavailable', reason: 'the mail server was away a moment ago' }
const tooSlow: MailOutcome = { status: 'unavailable', reason: 'the mail server took too long' }

/** A server that says one word every nine seconds would pass each timeout and hold its worker for hours. */
async function within(limitMs: number, sending: Promise<MailOutcome>): Promise<MailOutcome> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<MailOutcome>((resolve) => {
    timer = setTimeout(() => resolve(tooSlow), limitMs)
  })
  try {
    return await Promise.race([sending, limit])
  } finally {
    clearTimeout(timer)
  }
}
