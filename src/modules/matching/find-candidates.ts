import type { Db } from '../../db/client.ts'
import { listCandidates, listWholeSide, type Side, type WantedTerm } from './candidate-repo.ts'
import { cutter } from './cutter.ts'
import { countDocuments, type Hit } from './document-repo.ts'
import { chooseQueryTerms, NEIGHBOUR_BUDGET, neighbourTerms, QUERY_BUDGET, queryTerms } from './domain/candidates.ts'
import type { Facts, ListingKind } from './domain/types.ts'
import { findTermCounts, type TermCounts } from './statistics-repo.ts'

/** Below it all of the other side is scored: 2,000 pairs take 4 ms once they are prepared. */
export const wholeSideBelow = 2_000
const maxByTerms = 260
const maxByNeighbours = 40

/** At most 300 listings of the other side that are worth a score, or all of a small market. */
export async function findCandidates(db: Db, facts: Facts): Promise<Hit[]> {
  const side = { kind: otherKind(facts.kind), exceptOrgId: facts.orgId }
  const count = await countDocuments(db, side.kind, wholeSideBelow)
  return count < wholeSideBelow ? listWholeSide(db, side) : listCandidates(db, await candidateQuery(db, facts, side))
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
