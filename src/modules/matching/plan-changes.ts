import { isDeepStrictEqual } from 'node:util'
import type { Id } from '../../kernel/ids.ts'
import type { Match, StoredMatch } from './match-repo.ts'

/** What a run has to write so that the stored matches of a listing are those that it found. */
export type Changes = {
  upserts: Match[]
  /** Undecided matches that the run did not find again. */
  fallen: Id<'match'>[]
  /** Of the upserts, those that are news: new, back, or with another score. */
  news: ReadonlySet<Id<'match'>>
}

/** Compares what is stored of a listing with what a run found. A decided match is nobody's to change. */
export function planChanges(stored: readonly StoredMatch[], found: readonly Match[]): Changes {
  const storedByPair = new Map(stored.map((match) => [pairOf(match), match]))
  const upserts: Match[] = []
  const news = new Set<Id<'match'>>()
  for (const match of found) {
    const before = storedByPair.get(pairOf(match))
    if (before && (isDecided(before) || isNewer(before, match))) continue
    const after = before ? { ...match, id: before.id, createdAt: before.createdAt } : match
    if (before && isSame(before, after)) continue
    upserts.push(after)
    if (before?.state !== 'proposed' || before.score !== after.score) news.add(after.id)
  }
  const foundPairs = new Set(found.map(pairOf))
  const fallen = stored.filter((match) => match.state === 'proposed' && !foundPairs.has(pairOf(match)))
  return { upserts, fallen: fallen.map(({ id }) => id), news }
}

export function isDecided({ state }: Pick<Match, 'state'>): boolean {
  return state === 'approved' || state === 'rejected'
}

/** Another run has scored the pair on a newer version of a side meanwhile. */
function isNewer(before: StoredMatch, match: Match): boolean {
  return before.demandVersion > match.demandVersion || before.supplyVersion > match.supplyVersion
}

/** Parts follow from versions and models; the explanation also from the day, because rights run out. */
function isSame(before: StoredMatch, after: Match): boolean {
  const essence = ({ modelVersion, score, state, explanation, demandVersion, supplyVersion }: StoredMatch) => [
    ...[modelVersion, score, state, explanation, demandVersion, supplyVersion],
  ]
  return isDeepStrictEqual(essence(before), essence(after))
}

function pairOf({ demandId, supplyId }: Pick<Match, 'demandId' | 'supplyId'>): string {
  return `${demandId} ${supplyId}`
}
