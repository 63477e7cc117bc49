export const duplicateReasons = ['patent_number', 'external_id', 'text', 'similar_demand'] as const
export type DuplicateReason = (typeof duplicateReasons)[number]

export const candidateStates = ['open', 'dismissed', 'linked', 'merged'] as const
export type CandidateState = (typeof candidateStates)[number]

/** From here on two texts are taken for one: a few words differ. */
export const duplicateSimilarity = 0.8
/** From here on two demands may want the same, which is no duplicate but a reason to join them. */
export const commonSimilarity = 0.5

/** Listings of one market may be merged; those of two markets belong to two desks and are linked. */
export function mayMerge(first: { market: string }, second: { market: string }): boolean {
  return first.market === second.market
}

/** A reason that makes a pair one of duplicates, and not of demands that are alike. */
export function isDuplicate(reasons: readonly DuplicateReason[]): boolean {
  return reasons.some((reason) => reason !== 'similar_demand')
}

/** What the texts alone say of a pair. */
export function textReason(
  similarity: number,
  { kind, isOneOwner }: { kind: string; isOneOwner: boolean },
): DuplicateReason | undefined {
  if (similarity >= duplicateSimilarity) return 'text'
  return kind === 'demand' && !isOneOwner && similarity >= commonSimilarity ? 'similar_demand' : undefined
}
