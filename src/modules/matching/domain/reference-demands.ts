import { contentGramsOf } from './content-grams.ts'
import { hashText } from './fingerprint.ts'
import { unitRuns } from './grams.ts'
import type { IdfTable } from './idf.ts'
import type { GramVector } from './sparse.ts'

export type DemandText = { title: string; body: string }

/** For `content_preference`: 50 of them lose 0.001 of its P2 Score, 100 lose nothing that shows. */
const REFERENCE_DEMANDS = 200

/**
 * Demands that stand for all, as vectors of hashed grams: a text model outlives the listings it was learnt from, so it
 * holds no text that could be read. Chosen by hash, so that the choice is even, and the same in any order.
 */
export function chooseReferenceDemands(demands: readonly DemandText[], idf: IdfTable): GramVector[] {
  const byText = new Map(demands.map((demand) => [`${demand.title}\n${demand.body}`, demand]))
  return [...byText]
    .map(([text, demand]) => ({ text, demand, place: hashText(text) }))
    .sort((a, b) => a.place - b.place || (a.text < b.text ? -1 : 1))
    .flatMap(({ demand }) => contentGramsOf(unitRuns(demand.title), unitRuns(demand.body), idf) ?? [])
    .slice(0, REFERENCE_DEMANDS)
    .map(({ ids, weights }) => ({ ids, weights }))
}
