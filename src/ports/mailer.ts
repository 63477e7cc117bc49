export type Mail = {
  /** The same at every attempt, so that a receiver that got it twice can tell: `mdl_…` without angle brackets or domain. */
  id: string
  to: string
  subject: string
  text: string
  html: string
  headers: Readonly<Record<string, string>>
}

/** What became of an attempt; the reason is the server's answer in one line. */
export type MailOutcome =
  | { status: 'accepted' }
  /** The address does not work and will not. */
  | { status: 'bounced'; reason: string }
  /** The server will never take this mail, but the address may be fine. */
  | { status: 'rejected'; reason: string }
  /** The server asks to come back with this mail later. */
  | { status: 'deferred'; reason: string }
  /** There is no server to talk to, or it refuses us; nothing is said about this mail. */
  | { status: 'unavailable'; reason: string }

/** Sends one mail. Answers within about a minute and never throws because of a mail server. */
export type Mailer = {
  send(mail: Mail): Promise<MailOutcome>
  close(): Promise<void>
}
