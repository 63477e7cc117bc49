import type { Db } from '../../../src/db/client.ts'
import { findMatches, listMatchesOf, type Match, type Side } from '../../../src/modules/matching/match-repo.ts'

/** Every column of all matches of a listing. */
export async function wholeMatchesOf(db: Db, side: Side): Promise<Match[]> {
  const stored = await listMatchesOf(db, side)
  return findMatches(
    db,
    stored.map(({ id }) => id),
  )
}
