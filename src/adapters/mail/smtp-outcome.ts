import type { MailOutcome } from '../../ports/mailer.ts'

/** What nodemailer puts on its errors. */
type SmtpFailure = { message?: string; response?: string; responseCode?: number; command?: string }

/**
 * What a failed attempt says. Only answers about the recipient or the mail itself are final: a refused sign-in or sender is
 * our own configuration, and 421 is a server that goes down.
 */
export function outcomeOfFailure(error: unknown): Exclude<MailOutcome, { status: 'accepted' }> {
  const { message, response, responseCode, command } = error as SmtpFailure
  const reason = oneLine(response ?? message ?? 'unknown failure')
  if (responseCode === undefined || responseCode === 421 || !isAboutMail(command)) {
    return { status: 'unavailable', reason }
  }
  if (responseCode < 500) return { status: 'deferred', reason }
  return { status: isAboutAddress(command, reason) ? 'bounced' : 'rejected', reason }
}

const isAboutMail = (command: string | undefined) => command === 'RCPT TO' || command === 'DATA'

/**
 * RFC 3463: 5.1 is the address, 5.2 the mailbox, 5.7 policy (a relay that is closed to us, a block list). Some servers look
 * at the mailbox only after DATA; some give no enhanced code at all, and then a refused recipient is the address.
 */
function isAboutAddress(command: string | undefined, reason: string): boolean {
  const subject = /\b5\.(\d{1,3})\.\d{1,3}\b/.exec(reason)?.[1]
  return subject === undefined ? command === 'RCPT TO' : subject === '1' || subject === '2'
}

const maxReasonLength = 200

const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, maxReasonLength)
