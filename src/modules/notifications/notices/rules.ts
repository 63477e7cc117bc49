import { agreementNotices } from './agreement-notices.ts'
import { applicationNotices } from './application-notices.ts'
import { auctionNotices } from './auction-notices.ts'
import { dealNotices } from './deal-notices.ts'
import { disclosureNotices } from './disclosure-notices.ts'
import { enquiryNotices } from './enquiry-notices.ts'
import { importNotices } from './import-notices.ts'
import { introductionNotices } from './introduction-notices.ts'
import { jointDemandNotices } from './joint-demand-notices.ts'
import { listingNotices } from './listing-notices.ts'
import { matchNotices } from './match-notices.ts'
import { organisationNotices } from './organisation-notices.ts'
import { redemptionNotices } from './redemption-notices.ts'
import { reviewNotices } from './review-notices.ts'
import type { NoticeRule } from './rule.ts'
import { savedSearchNotices } from './saved-search-notices.ts'
import { securityNotices } from './security-notices.ts'

/** Everything that users are told, by the event that causes it. */
export const noticeRules: readonly NoticeRule[] = [
  ...matchNotices,
  ...reviewNotices,
  ...introductionNotices,
  ...disclosureNotices,
  ...enquiryNotices,
  ...dealNotices,
  ...listingNotices,
  ...jointDemandNotices,
  ...savedSearchNotices,
  ...applicationNotices,
  ...agreementNotices,
  ...redemptionNotices,
  ...auctionNotices,
  ...organisationNotices,
  ...importNotices,
  ...securityNotices,
]
