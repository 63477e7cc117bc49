import type { Id } from '../../../kernel/ids.ts'
import type { NotificationKind } from './kinds.ts'

/** What a text is rendered from, kept with the notification: ids, codes and public titles. */
export type NoticeParams = {
  matchId?: Id<'match'>
  demandId?: Id<'demand'>
  supplyId?: Id<'supply'>
  listingId?: Id<'demand' | 'supply' | 'financeProduct'>
  organisationId?: Id<'organisation'>
  demandTitle?: string
  supplyTitle?: string
  listingTitle?: string
  listingKind?: 'supply' | 'demand' | 'finance_product'
  organisationName?: string
  /** Codes of /v1/taxonomies/reason-codes. */
  reasons?: string[]
}

/** Something to tell all users of an organisation. */
export type Notice = {
  orgId: Id<'organisation'>
  kind: NotificationKind
  /**
   * What it is about, with the occurrence where the same can happen again (`dem_…@7`, the seventh version): a user is told
   * once of each (user, subject, kind), however often the job runs.
   */
  subjectId: string
  params: NoticeParams
}
