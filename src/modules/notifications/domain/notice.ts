import type { Id } from '../../../kernel/ids.ts'
import type { BilingualText, NotificationKind } from './kinds.ts'

/** What a text is rendered from, kept with the notification: ids, codes, numbers and public titles. */
export type NoticeParams = {
  matchId?: Id<'match'>
  demandId?: Id<'demand'>
  supplyId?: Id<'supply'>
  listingId?: Id<'demand' | 'supply' | 'financeProduct'>
  organisationId?: Id<'organisation'>
  introductionId?: Id<'introduction'>
  enquiryId?: Id<'enquiry'>
  demandTitle?: string
  supplyTitle?: string
  listingTitle?: string
  listingKind?: 'supply' | 'demand' | 'finance_product'
  organisationName?: string
  /** Host of the URL only: its path may hold a secret of the receiver. */
  webhookHost?: string
  /** Of the user who is told, nobody else's. */
  displayName?: string
  searchName?: string
  productTitle?: string
  lotTitle?: string
  /** Codes of /v1/taxonomies/reason-codes. */
  reasons?: string[]
  answer?: BilingualText
  stage?: BilingualText
  /** Calendar days in China, YYYY-MM-DD. */
  answerBy?: string
  expiresOn?: string
  /** ISO 8601; shown in China's time. */
  endsAt?: string
  hitCount?: number
  /** Public titles of the first hits, each in quotation marks. */
  hitTitles?: string
  rowCount?: number
  acceptedCount?: number
  refusedCount?: number
  waitingCount?: number
  oldestHours?: number
}

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
