import { auctionKinds } from './kinds/auction-kinds.ts'
import { dealKinds } from './kinds/deal-kinds.ts'
import { disclosureKinds } from './kinds/disclosure-kinds.ts'
import { enquiryKinds } from './kinds/enquiry-kinds.ts'
import { financeKinds } from './kinds/finance-kinds.ts'
import { importKinds } from './kinds/import-kinds.ts'
import { introductionKinds } from './kinds/introduction-kinds.ts'
import { jointDemandKinds } from './kinds/joint-demand-kinds.ts'
import type { Kind } from './kinds/kind.ts'
import { listingKinds } from './kinds/listing-kinds.ts'
import { matchKinds } from './kinds/match-kinds.ts'
import { organisationKinds } from './kinds/organisation-kinds.ts'
import { reviewKinds } from './kinds/review-kinds.ts'
import { savedSearchKinds } from './kinds/saved-search-kinds.ts'
import { securityKinds } from './kinds/security-kinds.ts'

export type { BilingualText, Channel, DeliveryMode, Importance, Kind } from './kinds/kind.ts'
export { channels, deliveryModes, importances } from './kinds/kind.ts'

/**
 * What users are told, as data: `{name}` stands for a variable that the fan-out provides. Titles of listings are their
 * public teasers; contact data and confidential text have no variable here, so that no text can carry them.
 */
export const kinds = {
  ...matchKinds,
  ...introductionKinds,
  ...disclosureKinds,
  ...listingKinds,
  ...jointDemandKinds,
  ...savedSearchKinds,
  ...enquiryKinds,
  ...dealKinds,
  ...auctionKinds,
  ...financeKinds,
  ...organisationKinds,
  ...importKinds,
  ...reviewKinds,
  ...securityKinds,
} as const satisfies Record<string, Kind>

export type NotificationKind = keyof typeof kinds
export const notificationKinds = Object.keys(kinds) as NotificationKind[]

export const kindOf = (kind: NotificationKind): Kind => kinds[kind]
