/** Why an address takes no webhooks; `hint` is a sentence for the person who entered it. */
export type AddressRefusal = { code: AddressRefusalCode; hint: string }

export const addressRefusalCodes = [
  'url_malformed',
  'scheme_not_allowed',
  'userinfo_not_allowed',
  'port_not_allowed',
  'ip_literal_not_allowed',
  'host_not_public',
] as const
export type AddressRefusalCode = (typeof addressRefusalCodes)[number]

export const sendFailures = ['timeout', 'connection', 'address_refused'] as const
/** Why there was no answer. */
export type SendFailure = (typeof sendFailures)[number]

export type WebhookMessage = {
  url: string
  headers: Readonly<Record<string, string>>
  /** Sent byte for byte, because these bytes were signed. */
  body: string
}

/** What the receiver answered, or why it did not. */
export type WebhookAnswer = {
  statusCode?: number
  failure?: SendFailure
  latencyMs: number
  /** Value of Retry-After as received. */
  retryAfter?: string
  /** The first 1,024 bytes of the answer, printable and HTML-escaped. */
  excerpt: string
}

/** Sends to addresses that strangers chose, so it never reaches anything but the public internet. */
export type WebhookSender = {
  /** Looks at the spelling and resolves the name; what it lets pass is checked again at every connect. */
  refusalOf(url: string): Promise<AddressRefusal | undefined>
  /** One attempt, redirects never followed. An answer of any kind is a result; it does not throw. */
  send(message: WebhookMessage): Promise<WebhookAnswer>
  close(): Promise<void>
}
