import type { Id } from '../../../kernel/ids.ts'

/** An open item may be under a lease; a snoozed one becomes claimable again by itself. */
export const reviewStates = ['open', 'snoozed', 'decided', 'withdrawn'] as const
export type ReviewState = (typeof reviewStates)[number]

/** What a broker may answer. Neither a snooze, which postpones, nor an escalation, which hands on, is ever the decision. */
export const reviewAnswers = ['approve', 'reject', 'snooze', 'escalate'] as const
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

/** A broker never judges a match of the own organisation or of one named in a declared conflict of interest. */
export function hasConflict(excluded: readonly Id<'organisation'>[], { demandOrgId, supplyOrgId }: Parties): boolean {
  return excluded.includes(demandOrgId) || excluded.includes(supplyOrgId)
}

/** The longest snooze: within a quarter a pair is decided or no longer true. */
export const maxSnoozeDays = 90
