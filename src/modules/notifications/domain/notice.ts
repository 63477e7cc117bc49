import type { Id } from '../../../kernel/ids.ts'
import type { AuctionParams } from './kinds/auction-kinds.ts'
import type { DealParams } from './kinds/deal-kinds.ts'
import type { FinanceParams } from './kinds/finance-kinds.ts'
import type { ImportParams } from './kinds/import-kinds.ts'
import type { IntroductionParams } from './kinds/introduction-kinds.ts'
import type { JointDemandParams } from './kinds/joint-demand-kinds.ts'
import type { ListingParams } from './kinds/listing-kinds.ts'
import type { MatchParams } from './kinds/match-kinds.ts'
import type { OrganisationParams } from './kinds/organisation-kinds.ts'
import type { ReviewParams } from './kinds/review-kinds.ts'
import type { SavedSearchParams } from './kinds/saved-search-kinds.ts'
import type { SecurityParams } from './kinds/security-kinds.ts'
import type { NotificationKind } from './kinds.ts'

/** What a notification leads to; clients find the resource by it. `links.ts` has their schemas. */
export type NoticeLinks = {
  matchId?: Id<'match'>
  demandId?: Id<'demand'>
  supplyId?: Id<'supply'>
  listingId?: Id<'demand' | 'supply' | 'financeProduct'>
  organisationId?: Id<'organisation'>
  lotId?: Id<'auction'>
  introductionId?: Id<'introduction'>
  enquiryId?: Id<'enquiry'>
  dealId?: Id<'deal'>
  importId?: Id<'import'>
  jointDemandId?: Id<'jointDemand'>
  applicationId?: Id<'financeApplication'>
  webhookEndpointId?: Id<'webhookEndpoint'>
}

/** What several areas show. */
type SharedParams = {
  /** A calendar day in China, YYYY-MM-DD. */
  answerBy?: string
}

/** What a text is rendered from, kept with the notification: ids, codes, numbers and public titles. */
export type NoticeParams = NoticeLinks &
  SharedParams &
  MatchParams &
  IntroductionParams &
  ListingParams &
  JointDemandParams &
  SavedSearchParams &
  AuctionParams &
  DealParams &
  FinanceParams &
  OrganisationParams &
  ImportParams &
  ReviewParams &
  SecurityParams

/** Something to tell all users of an organisation, or those of them that are named. */
export type Notice = {
  orgId: Id<'organisation'>
  userIds?: readonly Id<'user'>[]
  kind: NotificationKind
  /**
   * What it is about, with the occurrence where the same can happen again (`dem_…@7`, the seventh version): a user is told
   * once of each (user, subject, kind), however often the job runs.
   */
  subjectId: string
  params: NoticeParams
}
