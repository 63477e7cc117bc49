import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { rereadDocuments } from './document-repo.ts'
import { explain } from './domain/explain.ts'
import { passesGates } from './domain/gates.ts'
import { type Prepared, prepare } from './domain/prepare.ts'
import { pairValue, type Score, scorePair } from './domain/score.ts'
import type { ScoreModel } from './domain/score-model.ts'
import type { TextModel } from './domain/text-model.ts'
import type { Facts } from './domain/types.ts'
import { otherKind } from './find-candidates.ts'
import { nameOf } from './names.ts'
import { type Informed, withDecisions } from './prepare-history.ts'
import { preparedCache } from './prepared-cache.ts'
import { forgetterOf } from './title-index.ts'
import { withAnsweringTimes } from './with-answering-times.ts'

/** Who looks, by which models, on which day in China. */
export type Asker = {
  facts: Facts
  textModel: TextModel
  scoreModel: ScoreModel
  today: string
  /** The asker ready to be compared, by a caller that needs it too. */
  own?: Informed
}

/** A counterpart that passed all gates. */
export type Counterpart = { id: string; version: number; value: number; prepared: Informed }

/** `decided`: the decisions that the score rests on. */
export type Explained = { score: Score; explanation: string[]; decided: Id<'match'>[] }

/** 4 million grams are about 250 MB: 50,000 supplies, or 5,000 demands with 800 grams of text. */
const cache = preparedCache(4_000_000)

/** Read at once; also how long the process computes before it lets others run. */
const chunkSize = 400

/** Of the listings with these UUIDs those that pass every gate, with the value that a full score of the pair would have. */
export async function scoreHits(db: Db, asker: Asker, uuids: readonly string[]): Promise<Counterpart[]> {
  const { scoreModel } = asker
  const own = asker.own ?? (await withOwnDecisions(db, prepare(asker.facts, asker.textModel), scoreModel))
  const found: Counterpart[] = []
  for (let from = 0; from < uuids.length; from += chunkSize) {
    const chunk = await prepareHits(db, asker, uuids.slice(from, from + chunkSize))
    for (const { version, prepared } of await withAnsweringTimes(db, chunk, scoreModel)) {
      const { demand, supply } = sidesOf(own, prepared)
      if (!passesGates(demand.facts, supply.facts, asker.today)) continue
      const { id } = prepared.facts
      found.push({ id, version, value: pairValue(demand, supply, scoreModel), prepared })
    }
  }
  return found
}

/** The whole score with its reasons: 0.02 ms against 4 µs, so only for what is kept. */
export function explainPair(one: Informed, other: Informed, model: ScoreModel): Explained {
  const { demand, supply } = sidesOf(one, other)
  const score = scorePair(demand, supply, model)
  return { score, explanation: explain({ demand, supply, score }, nameOf), decided: demand.decided ?? [] }
}

/** The asker with how soon its owner answers and the decisions on it, which only a demand has. */
export async function withOwnDecisions(db: Db, prepared: Prepared, scoreModel: ScoreModel): Promise<Informed> {
  const [timed] = await withAnsweringTimes(db, [{ prepared }], scoreModel)
  const own = timed?.prepared ?? prepared
  if (own.facts.kind === 'supply') return own
  const [informed] = await withDecisions(db, [own], scoreModel)
  return informed ?? own
}

export function sidesOf(one: Informed, other: Informed): { demand: Informed; supply: Informed } {
  return one.facts.kind === 'demand' ? { demand: one, supply: other } : { demand: other, supply: one }
}

/** What is gone from the market is left out, and forgotten by the index that found it. */
async function prepareHits(db: Db, asker: Asker, uuids: readonly string[]) {
  const { textModel, facts } = asker
  const stampOf = (stamp: string) => `${stamp} ${textModel.version}`
  const known = uuids.map((uuid) => {
    const [stamp, preparedBy] = cache.stampOf(uuid)?.split(' ') ?? []
    return { uuid, stamp: preparedBy === textModel.version ? stamp : undefined }
  })
  const forget = await forgetterOf(db, otherKind(facts.kind))
  const read = await rereadDocuments(db, known)
  const isThere = new Set(read.map(({ uuid }) => uuid))
  forget(uuids.filter((uuid) => !isThere.has(uuid)))
  const found = read.flatMap(({ uuid, version, stamp, facts: fresh }) => {
    const prepared = cache.find(uuid, stampOf(stamp)) ?? (fresh && prepare(fresh, textModel))
    if (prepared === undefined) return []
    cache.add(uuid, stampOf(stamp), prepared)
    return [{ version, prepared }]
  })
  if (facts.kind === 'demand') return found
  const informed = await withDecisions(
    db,
    found.map(({ prepared }) => prepared),
    asker.scoreModel,
  )
  return found.map(({ version, prepared }, i) => ({ version, prepared: informed[i] ?? prepared }))
}
