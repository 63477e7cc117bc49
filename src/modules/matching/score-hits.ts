import type { Db } from '../../db/client.ts'
import { findDocuments, type Hit } from './document-repo.ts'
import { explain } from './domain/explain.ts'
import { checkGates } from './domain/gates.ts'
import { type Prepared, prepare } from './domain/prepare.ts'
import { pairValue, type Score, scorePair } from './domain/score.ts'
import { scoreModelV2 } from './domain/score-model-v2.ts'
import type { TextModel } from './domain/text-model.ts'
import type { Facts } from './domain/types.ts'
import { nameOf } from './names.ts'
import { preparedCache } from './prepared-cache.ts'

/** Who looks, by which text model, on which day in China. */
export type Asker = { facts: Facts; textModel: TextModel; today: string }

/** A counterpart that passed all gates. */
export type Counterpart = { id: string; version: number; value: number; prepared: Prepared }

export type Explained = { score: Score; explanation: string[] }

/** 4 million grams are about 250 MB: 50,000 supplies, or 5,000 demands with 800 grams of text. */
const cache = preparedCache(4_000_000)

/** Read at once when they are not in the cache; also how long the process computes before it lets others run. */
const chunkSize = 200

/** The hits that pass every gate, with the value that a full score of the pair would have. */
export async function scoreHits(db: Db, asker: Asker, hits: readonly Hit[]): Promise<Counterpart[]> {
  const own = prepare(asker.facts, asker.textModel)
  const found: Counterpart[] = []
  for (let from = 0; from < hits.length; from += chunkSize) {
    for (const { hit, prepared } of await prepareHits(db, asker.textModel, hits.slice(from, from + chunkSize))) {
      const { demand, supply } = sidesOf(own, prepared)
      if (checkGates(demand.facts, supply.facts, asker.today).length > 0) continue
      found.push({ id: hit.id, version: hit.version, value: pairValue(demand, supply, scoreModelV2), prepared })
    }
  }
  return found
}

/** The whole score with its reasons: 0.06 ms against 2 µs, so only for what is kept. */
export function explainPair(one: Prepared, other: Prepared): Explained {
  const { demand, supply } = sidesOf(one, other)
  const score = scorePair(demand, supply, scoreModelV2)
  return { score, explanation: explain({ demand, supply, score }, nameOf) }
}

export function sidesOf(one: Prepared, other: Prepared): { demand: Prepared; supply: Prepared } {
  return one.facts.kind === 'demand' ? { demand: one, supply: other } : { demand: other, supply: one }
}

async function prepareHits(db: Db, textModel: TextModel, hits: readonly Hit[]) {
  const stampOf = ({ stamp }: Pick<Hit, 'stamp'>) => `${stamp} ${textModel.version}`
  const missing = hits.filter((hit) => cache.find(hit.id, stampOf(hit)) === undefined)
  const loaded = await findDocuments(
    db,
    missing.map(({ id }) => id),
  )
  const fresh = new Map(loaded.map((document) => [document.facts.id, document]))
  return hits.flatMap((hit) => {
    const document = fresh.get(hit.id)
    // Read a moment after the hit: it may be newer, and is then what counts.
    const at = document ? { id: hit.id, version: document.version, stamp: document.stamp } : hit
    const prepared = cache.find(at.id, stampOf(at)) ?? (document && prepare(document.facts, textModel))
    if (prepared === undefined) return []
    cache.add(at.id, stampOf(at), prepared)
    return [{ hit: at, prepared }]
  })
}
