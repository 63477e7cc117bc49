import { type Classification, classificationOf } from './classification/classification.ts'
import { contentGramsOf } from './content-grams.ts'
import { embed } from './embedding/embedding.ts'
import { bigramsOf, unigramsOf, unitRuns } from './grams.ts'
import { type IdfTable, idfOf, weigh } from './idf.ts'
import { type PreparedIndicator, prepareIndicators } from './indicators/compare.ts'
import { type Decided, type History, learnHistory } from './learning/decision-history.ts'
import { type SparseVector, sparseVector } from './sparse.ts'
import type { TextModel } from './text-model.ts'
import type { Facts } from './types.ts'

/** A listing ready to be compared: everything that depends on it alone is computed once. */
export type Prepared = {
  facts: Facts
  textModel: TextModel
  titleRuns: readonly string[][]
  titleCharacters?: SparseVector | undefined
  /** Units and pairs of the title, for the other side's body. */
  titleGrams?: SparseVector | undefined
  /** Units and pairs of title and body; absent when there is no body, since the title has its own features. */
  contentGrams?: SparseVector | undefined
  titleVector?: Float32Array | undefined
  /** Mean idf of the title's distinct units. */
  titleRarity?: number | undefined
  classification: Classification
  indicators: readonly PreparedIndicator[]
  /** Of a demand that brokers have decided on: what those decisions say of a supply. */
  history?: History | undefined
}

/** Costs 0.02 ms for a title and 0.4 ms with a body of 500 characters; a prepared pair is then scored in microseconds. */
export function prepare(facts: Facts, textModel: TextModel): Prepared {
  const titleRuns = unitRuns(facts.title)
  const bodyRuns = unitRuns(facts.body)
  const units = unigramsOf(titleRuns)
  const characters = weigh(units, textModel.idf)
  return {
    facts,
    textModel,
    titleRuns,
    titleCharacters: sparseVector(characters),
    titleGrams: sparseVector(characters, weigh(bigramsOf(titleRuns), textModel.idf)),
    contentGrams: contentGramsOf(titleRuns, bodyRuns, textModel.idf),
    titleVector: embed(textModel.embedding, characters),
    titleRarity: meanIdf(units, characters, textModel.idf),
    classification: classificationOf(facts),
    indicators: prepareIndicators(facts),
  }
}

/** The demand as brokers' decisions on it make it look; without decisions the same. */
export function withHistory(demand: Prepared, decided: readonly Decided[]): Prepared {
  return decided.length === 0 ? demand : { ...demand, history: learnHistory(decided) }
}

/** Of the distinct ones. Where none is repeated their weights are their idfs, and need not be looked up again. */
function meanIdf(units: readonly string[], weights: ReadonlyMap<string, number>, idf: IdfTable): number | undefined {
  if (weights.size === 0) return undefined
  const hasRepeats = weights.size < units.length
  let sum = 0
  for (const [unit, weight] of weights) sum += hasRepeats ? idfOf(idf, unit) : weight
  return sum / weights.size
}
