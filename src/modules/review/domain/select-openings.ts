export type Opening = {
  matchId: string
  demandId: string
  supplyId: string
  score: number
  /** The market's limit of undecided items for one listing. */
  maxPerListing: number
}

/**
 * Chooses which matches become review items: best score first, as long as the demand and the supply each have room. A
 * listing that matches everything would otherwise fill the queue of every broker.
 */
export function selectOpenings<O extends Opening>(openings: readonly O[], undecided: ReadonlyMap<string, number>): O[] {
  const counts = new Map(undecided)
  const countOf = (listingId: string) => counts.get(listingId) ?? 0
  return [...openings].sort(byScore).filter(({ demandId, supplyId, maxPerListing }) => {
    if (countOf(demandId) >= maxPerListing || countOf(supplyId) >= maxPerListing) return false
    counts.set(demandId, countOf(demandId) + 1)
    counts.set(supplyId, countOf(supplyId) + 1)
    return true
  })
}

function byScore(a: Opening, b: Opening): number {
  return b.score - a.score || (a.matchId < b.matchId ? -1 : 1)
}
