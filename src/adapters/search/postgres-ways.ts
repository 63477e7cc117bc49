import type { SearchScope } from '../../ports/search-engine.ts'
import { type Candidates, fromNewest, MOST_CANDIDATES, MOST_FREQUENT_CANDIDATES } from './postgres-candidates.ts'

/** Candidates with how many documents they are chosen from, and whose vectors tell. */
export type Way = { candidates: Candidates; matches: number; vectors: SearchScope; hasExclusions: boolean }

/** What a document costs that is walked; vectors of public texts stand in the row, the others are fetched: 4 among 100,000. */
const WALK_MICROSECONDS = { teaser: 1.7, member: 7 } as const
/** With the row, which is read for its age: 3.2 for three words and their synonyms, 6.1 for eight, at a million documents. */
const COLLECT_MICROSECONDS = 4.5
/** The long vector that tells an exclusion, of a match that was found by its public texts. */
const FETCH_MICROSECONDS = 20

/**
 * The way that costs least: all matches collected from the GIN index, or documents walked from the newest one until there
 * are enough. Measured at 100,000 and a million documents.
 */
export function cheapestOf(ways: readonly Way[], documentCount: number): Candidates | undefined {
  const priced = ways.flatMap(({ candidates, matches, vectors, hasExclusions }) => {
    const fetched = hasExclusions && vectors === 'teaser' ? FETCH_MICROSECONDS : 0
    const walked = (MOST_FREQUENT_CANDIDATES * documentCount) / Math.max(matches, 1)
    return [
      { candidates, cost: matches * (COLLECT_MICROSECONDS + fetched) },
      {
        candidates: fromNewest(candidates),
        cost: walked * WALK_MICROSECONDS[vectors] + MOST_FREQUENT_CANDIDATES * fetched,
      },
    ]
  })
  return priced.sort((a, b) => a.cost - b.cost)[0]?.candidates
}

/** Whether so many fulfil a condition that no others are needed. */
export function isEnough(matches: number): boolean {
  return matches > 1.5 * MOST_CANDIDATES
}
