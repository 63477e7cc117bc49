import { accountKinds } from './kinds/account-kinds.ts'
import type { Kind } from './kinds/kind.ts'
import { listingKinds } from './kinds/listing-kinds.ts'
import { matchKinds } from './kinds/match-kinds.ts'
import { tradeKinds } from './kinds/trade-kinds.ts'

export type { BilingualText, Channel, DeliveryMode, Importance, Kind } from './kinds/kind.ts'
export { channels, deliveryModes, importances } from './kinds/kind.ts'

/**
 * What users are told, as data: `{name}` stands for a variable that the fan-out provides. Titles of listings are their
 * public teasers; contact data and confidential text have no variable here, so that no text can carry them.
 */
export const kinds = {
  ...matchKinds,
  ...listingKinds,
  ...tradeKinds,
  ...accountKinds,
} as const satisfies Record<string, Kind>

export type NotificationKind = keyof typeof kinds
export const notificationKinds = Object.keys(kinds) as NotificationKind[]

export const kindOf = (kind: NotificationKind): Kind => kinds[kind]
