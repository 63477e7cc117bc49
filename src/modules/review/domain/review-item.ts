import type { Id } from '../../../kernel/ids.ts'

/** An open item may be under a lease; a snoozed one becomes claimable again by itself. */
export const reviewStates = ['open', 'snoozed', 'decided', 'withdrawn'] as const
export type ReviewState = (typeof reviewStates)[number]

/** What a broker may answer; a snooze only postpones, so it is never stored as the item's decision. */
export const reviewAnswers = ['approve', 'reject', 'snooze'] as const
export const decisions = ['approve', 'reject'] as const
export type Decision = (typeof decisions)[number]

/** Why the match was proposed, as it was when the item was opened or last refreshed: the features of the label. */
export type Snapshot = {
  modelVersion: string
  level: number
  score: number
  parts: unknown
  explanation: string[]
}

type Parties = { demandOrgId: Id<'organisation'>; supplyOrgId: Id<'organisation'> }

/** A broker never judges a match of the broker's own organisation. */
export function hasConflict(actor: { orgId: Id<'organisation'> }, { demandOrgId, supplyOrgId }: Parties): boolean {
  return actor.orgId === demandOrgId || actor.orgId === supplyOrgId
}

/** The longest snooze: within a quarter a pair is decided or no longer true. */
export const maxSnoozeDays = 90
