import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Db } from '../../db/client.ts'
import { listCandidates, type Side, type WantedTerm } from './candidate-repo.ts'
import { cutWords } from './cut-words.ts'
import { chooseQueryTerms, NEIGHBOUR_BUDGET, neighbourTerms, QUERY_BUDGET, queryTerms } from './domain/candidates.ts'
import { type Prepared, prepare } from './domain/prepare.ts'
import type { ScoreModel } from './domain/score-model.ts'
import type { TextModel } from './domain/text-model.ts'
import type { Facts, ListingKind } from './domain/types.ts'
import { findTermCounts, type TermCounts } from './statistics-repo.ts'
import { titleIndexOf } from './title-index.ts'

/** Below it all of the other side are candidates: 2,000 pairs take 4 ms once they are prepared. */
export const wholeSideBelow = 2_000

/** By the estimate of the title index: it holds 0.97 and more of the exact best 200, see ADR 0005. */
const maxByTitles = 300
/** By rare words, IPC places and codes that are crossed with them: what the estimate does not know of. */
const maxByTerms = 20
const maxByNeighbours = 10

/** Who looks, by which models; prepared by a caller that needs it too. */
export type Seeker = { facts: Facts; textModel: TextModel; scoreModel: ScoreModel; own?: Prepared | undefined }

/**
 * UUIDs of the listings of the other side that are worth a score: first those that share rare terms or places with the
 * asker, at most 30, then the best 300 by estimate, best first; all of a small market. With a day, those whose gates are
 * closed on it are left out as far as the index knows.
 */
export async function findCandidates(
  db: Db,
  { facts, textModel, scoreModel, own = prepare(facts, textModel) }: Seeker,
  { gatedOn }: { gatedOn?: string } = {},
): Promise<string[]> {
  const side = { kind: otherKind(facts.kind), exceptOrgId: facts.orgId }
  const search = { own, model: scoreModel, gatedOn }
  const [query, index] = await Promise.all([
    candidateQuery(db, facts, side),
    titleIndexOf(db, { kind: side.kind, textModel, asker: search }),
  ])
  if (index.size < wholeSideBelow) return index.search(search, wholeSideBelow)
  const byTerms = listCandidates(db, query)
  // An error has to wait for the scan; without a listener it would end the process.
  byTerms.catch(() => undefined)
  // The statement is on its way before the scan takes the thread: PostgreSQL looks for terms while this process scans.
  await nextTurn()
  const found = index.search(search, maxByTitles)
  return [...new Set([...index.admitted(search, await byTerms), ...found])]
}

/** What the listing asks the index for, by the frequencies among the other side. */
export async function candidateQuery(db: Db, facts: Facts, side: Side) {
  const wanted = queryTerms(facts, cutWords)
  const places = neighbourTerms(facts)
  const counts = await findTermCounts(db, side.kind, [...wanted, ...places])
  const frequencyOf = (term: string) => counts.frequencies.get(term)
  return {
    ...side,
    terms: weighed(chooseQueryTerms(wanted, frequencyOf, QUERY_BUDGET), counts),
    maxByTerms,
    neighbours: weighed(chooseQueryTerms(places, frequencyOf, NEIGHBOUR_BUDGET), counts),
    maxByNeighbours,
  }
}

export function otherKind(kind: ListingKind): ListingKind {
  return kind === 'supply' ? 'demand' : 'supply'
}

/** Inverse document frequency in thousandths; a term that nobody has counted yet is as rare as can be. */
function weighed(terms: readonly string[], { documents, frequencies }: TermCounts): WantedTerm[] {
  return terms.map((term) => ({
    term,
    weight: Math.round(1000 * Math.log(1 + (documents + 1) / ((frequencies.get(term) ?? 1) + 1))),
  }))
}
