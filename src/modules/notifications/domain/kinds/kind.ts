export type BilingualText = { zh: string; en: string }

/** `high` passes quiet hours and the daily cap; only such kinds may refuse to wait for the digest. */
export const importances = ['low', 'normal', 'high'] as const
export type Importance = (typeof importances)[number]

export const channels = ['inApp', 'email'] as const
export type Channel = (typeof channels)[number]

export const deliveryModes = ['instant', 'digest', 'off'] as const
export type DeliveryMode = (typeof deliveryModes)[number]

export type Kind = {
  title: BilingualText
  body: BilingualText
  /** Of an e-mail that carries nothing else. */
  subject: BilingualText
  importance: Importance
  /** Whether it may wait for the daily digest. */
  mayWait: boolean
  /** What holds for users who chose nothing. */
  defaults: Readonly<Record<Channel, DeliveryMode>>
}

export const both = (zh: string, en: string): BilingualText => ({ zh, en })

type Manner = Pick<Kind, 'importance' | 'mayWait' | 'defaults'>

/** Good to know; the digest is early enough. */
export const casual = {
  importance: 'low',
  mayWait: true,
  defaults: { inApp: 'instant', email: 'digest' },
} as const satisfies Manner

/** Somebody is expected to act. */
export const usual = {
  importance: 'normal',
  mayWait: true,
  defaults: { inApp: 'instant', email: 'instant' },
} as const satisfies Manner

/** Worth nothing an hour later. */
export const urgent = {
  importance: 'high',
  mayWait: false,
  defaults: { inApp: 'instant', email: 'instant' },
} as const satisfies Manner
