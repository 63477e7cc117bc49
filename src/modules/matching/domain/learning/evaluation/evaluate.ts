import type { ScoreModel } from '../../score-model.ts'
import { fitLevelCuts, levelBy } from '../level-cuts.ts'
import { type Difference, pairedDifference } from './bootstrap.ts'
import { levels, type Pair, type Predict, type Prediction, trainEngine } from './engine.ts'
import { dealFolds } from './folds.ts'
import { type Baseline, baselines, type Dataset, type JudgedPair, type Material, prepareDataset } from './material.ts'
import { areaUnderCurve, type Judged, meanAbsoluteError, ndcgAt10, quadraticKappa, spearman } from './metrics.ts'
import { shippedEngine } from './shipped-engine.ts'

export const protocols = ['p1', 'p2', 'heldout'] as const
export type Protocol = (typeof protocols)[number]

export type EvaluationOptions = {
  protocol: Protocol
  seed: number
  words: (text: string) => string[]
  /** Judges this model as it stands; without one, what the fitter makes of the training pairs. */
  model?: ScoreModel | undefined
}

export type Figures = {
  score: number
  mae: number
  qwk: number
  spearman: number
  ndcg10: number
  auc2: number
  auc3: number
}
export type Evaluation = {
  protocol: Protocol
  seed: number
  /** Version of the model that was judged as it stands. */
  model?: string
  judged: { pairs: number; demands: number }
  engine: Figures
  baselines: Record<Baseline, Figures>
  /** Engine less baseline. */
  differences: Record<Baseline, Difference>
}

const folds = 5

/**
 * Measures the product's own features and fitter on judged pairs, beside what word search and the best single signal
 * reach on the same pairs. Statistics without labels use all titles, as a market knows all its listings. Every pair is
 * judged by a model that has not seen it; under p2, by one that has not seen its demand. A model given as it stands may have
 * seen all of them.
 */
export function evaluate(dataset: Dataset, options: EvaluationOptions): Evaluation {
  const { model } = options
  const material = prepareDataset(dataset, options.words)
  const judged = {
    engine: [] as Judged[],
    bm25TitleContent: [] as Judged[],
    tsRank: [] as Judged[],
    charUnigram: [] as Judged[],
  }
  for (const { training, testing } of splitsOf(material, options)) {
    const predictors: Record<keyof typeof judged, Predict> = {
      engine: model ? shippedEngine(training, model) : trainEngine(training),
      bm25TitleContent: ranked(training, (pair) => pair.bm25TitleContent),
      tsRank: ranked(training, (pair) => pair.tsRank),
      charUnigram: ranked(training, (pair) => pair.charUnigram),
    }
    for (const method of ['engine', ...baselines] as const) {
      judged[method].push(
        ...testing.map((pair) => ({ group: pair.demandId, level: pair.level, ...predictors[method](pair) })),
      )
    }
  }
  const perBaseline = <T>(of: (rows: Judged[]) => T) =>
    Object.fromEntries(baselines.map((name) => [name, of(judged[name])])) as Record<Baseline, T>
  return {
    protocol: options.protocol,
    seed: options.seed,
    ...(model ? { model: model.version } : {}),
    judged: { pairs: judged.engine.length, demands: new Set(judged.engine.map(({ group }) => group)).size },
    engine: figuresOf(judged.engine, options.seed),
    baselines: perBaseline((rows) => figuresOf(rows, options.seed)),
    differences: perBaseline((rows) => pairedDifference(judged.engine, rows, options.seed)),
  }
}

type Split = { training: JudgedPair[]; testing: JudgedPair[] }

function splitsOf({ train, test }: Material, { protocol, seed }: EvaluationOptions): Split[] {
  if (protocol === 'heldout') return [{ training: train, testing: test }]
  const keyOf = (pair: Pair) => (protocol === 'p2' ? pair.group : `${pair.demandId} ${pair.supply.facts.id}`)
  const foldOf = dealFolds(train.map(keyOf), folds, seed)
  return Array.from({ length: folds }, (_, fold) => ({
    training: train.filter((pair) => foldOf.get(keyOf(pair)) !== fold),
    testing: train.filter((pair) => foldOf.get(keyOf(pair)) === fold),
  }))
}

/** A single score with the level cuts that cost least on the training pairs. */
function ranked(training: readonly JudgedPair[], scoreOf: (pair: JudgedPair) => number): Predict {
  const cuts = fitLevelCuts(
    training.map((pair) => ({ score: scoreOf(pair), level: pair.level })),
    levels,
  )
  return (pair): Prediction => {
    const score = scoreOf(pair as JudgedPair)
    return { score, predicted: levelBy(score, cuts) }
  }
}

function figuresOf(rows: readonly Judged[], seed: number): Figures {
  const mae = meanAbsoluteError(rows)
  return {
    score: 1 / (1 + mae),
    mae,
    qwk: quadraticKappa(rows),
    spearman: spearman(rows),
    ndcg10: ndcgAt10(rows, seed),
    auc2: areaUnderCurve(rows, 2),
    auc3: areaUnderCurve(rows, 3),
  }
}
