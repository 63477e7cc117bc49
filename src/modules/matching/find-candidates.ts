import type { Db } from '../../db/client.ts'
import { listCandidates, listOwnedHits, listWholeSide, type Side, type WantedTerm } from './candidate-repo.ts'
import { cutter } from './cutter.ts'
import { countDocuments, type Hit } from './document-repo.ts'
import { chooseQueryTerms, NEIGHBOUR_BUDGET, neighbourTerms, QUERY_BUDGET, queryTerms } from './domain/candidates.ts'
import type { Facts, ListingKind } from './domain/types.ts'
import { activeScoreModel } from './score-model-cache.ts'
import { findTermCounts, type TermCounts } from './statistics-repo.ts'
import { activeTextModel } from './text-model-cache.ts'
import { type FoundListing, titleIndexOf } from './title-index.ts'

/** Below it all of the other side is scored: 2,000 pairs take 4 ms once they are prepared. */
export const wholeSideBelow = 2_000

/** By the estimate of the title index: it holds 0.97 and more of the exact best 200, see ADR 0005. */
const maxByTitles = 300
/** By rare words, IPC places and codes that are crossed with them: what the estimate does not know of. */
const maxByTerms = 40
const maxByNeighbours = 20

/**
 * The listings of the other side that are worth a score: first those that share rare terms or places with the asker, at
 * most 60, then the best 300 by estimate, best first. All of a small market.
 */
export async function findCandidates(db: Db, facts: Facts): Promise<Hit[]> {
  const side = { kind: otherKind(facts.kind), exceptOrgId: facts.orgId }
  const count = await countDocuments(db, side.kind, wholeSideBelow)
  if (count < wholeSideBelow) return listWholeSide(db, side)
  const { textModel } = await activeTextModel(db)
  const model = await activeScoreModel(db)
  const index = await titleIndexOf(db, side.kind, textModel)
  const query = await candidateQuery(db, facts, side)
  // PostgreSQL looks for terms while this process looks for titles; it answers when the scan has ended.
  const byTerms = listCandidates(db, query)
  const found = index.search({ facts, model }, maxByTitles)
  const shared = await byTerms
  const known = new Set(shared.map(({ id }) => id))
  return [...shared, ...(await standing(db, side, found)).filter(({ id }) => !known.has(id))]
}

/** Those of other organisations, in the order in which they were found. What is gone from the market is forgotten. */
async function standing(db: Db, { kind, exceptOrgId }: Side, found: readonly FoundListing[]): Promise<Hit[]> {
  const uuids = found.map(({ uuid }) => uuid)
  const owned = new Map((await listOwnedHits(db, kind, uuids)).map((one) => [one.uuid, one]))
  for (const { uuid, drop } of found) if (!owned.has(uuid)) drop()
  return uuids.flatMap((uuid) => {
    const one = owned.get(uuid)
    return one && one.orgId !== exceptOrgId ? [one.hit] : []
  })
}

/** What the listing asks the index for, by the frequencies among the other side. */
export async function candidateQuery(db: Db, facts: Facts, side: Side) {
  const wanted = queryTerms(facts, cutter)
  const places = neighbourTerms(facts)
  const counts = await findTermCounts(db, side.kind, [...wanted.title, ...wanted.body, ...places])
  const frequencyOf = (term: string) => counts.frequencies.get(term)
  const neighbours = chooseQueryTerms({ title: places, body: [] }, frequencyOf, NEIGHBOUR_BUDGET)
  return {
    ...side,
    terms: weighed(chooseQueryTerms(wanted, frequencyOf, QUERY_BUDGET), counts),
    maxByTerms,
    neighbours: weighed(neighbours, counts),
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
