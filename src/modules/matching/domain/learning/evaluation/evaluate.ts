import { FEATURES } from '../../features/features.ts'
import { type Prepared, prepare } from '../../prepare.ts'
import { trainTextModel } from '../../text-model.ts'
import type { Facts } from '../../types.ts'
import { fitLevelCuts, levelBy } from '../level-cuts.ts'
import { bm25, tsRank } from './baselines.ts'
import { type Difference, pairedDifference } from './bootstrap.ts'
import { levels, measure, type Pair, type Predict, type Prediction, trainEngine } from './engine.ts'
import { dealFolds } from './folds.ts'
import { areaUnderCurve, type Judged, meanAbsoluteError, ndcgAt10, quadraticKappa, spearman } from './metrics.ts'

export const protocols = ['p1', 'p2', 'heldout'] as const
export type Protocol = (typeof protocols)[number]

export type Text = { id: string; title: string; text: string }
export type Judgement = { demandId: string; supplyId: string; level: number }
export type Dataset = {
  demands: readonly Text[]
  supplies: readonly Text[]
  train: readonly Judgement[]
  test: readonly Judgement[]
}

export type EvaluationOptions = { protocol: Protocol; seed: number; words: (text: string) => string[] }

const baselines = ['bm25TitleContent', 'tsRank', 'charUnigram'] as const
type Baseline = (typeof baselines)[number]

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
 * judged by a model that has not seen it; under p2, by one that has not seen its demand.
 */
export function evaluate(dataset: Dataset, options: EvaluationOptions): Evaluation {
  const material = prepareDataset(dataset, options)
  const judged = {
    engine: [] as Judged[],
    bm25TitleContent: [] as Judged[],
    tsRank: [] as Judged[],
    charUnigram: [] as Judged[],
  }
  for (const { training, testing } of splitsOf(material, options)) {
    const predictors: Record<keyof typeof judged, Predict> = {
      engine: trainEngine(training),
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
    judged: { pairs: judged.engine.length, demands: new Set(judged.engine.map(({ group }) => group)).size },
    engine: figuresOf(judged.engine, options.seed),
    baselines: perBaseline((rows) => figuresOf(rows, options.seed)),
    differences: perBaseline((rows) => pairedDifference(judged.engine, rows, options.seed)),
  }
}

type JudgedPair = Pair & Record<Baseline, number>
type Material = { train: JudgedPair[]; test: JudgedPair[] }
type Split = { training: JudgedPair[]; testing: JudgedPair[] }

function prepareDataset({ demands, supplies, train, test }: Dataset, { words }: EvaluationOptions): Material {
  const textModel = trainTextModel(
    [...demands, ...supplies].map(({ title }) => title),
    { dimensions: 160, seed: 7 },
    demands.map(({ title, text }) => ({ title, body: text })),
  )
  const byId = (texts: readonly Text[], kind: Facts['kind']) =>
    new Map(
      texts.map((text) => [
        text.id,
        {
          prepared: prepare(factsOf(text, kind), textModel),
          words: words(text.title),
          allWords: kind === 'demand' ? words(`${text.title}\n${text.text}`) : [],
        },
      ]),
    )
  const [demandOf, supplyOf] = [byId(demands, 'demand'), byId(supplies, 'supply')]
  const bm25TitleContent = bm25([...supplyOf.values()].map((supply) => supply.words))
  const toPair = ({ demandId, supplyId, level }: Judgement): JudgedPair[] => {
    const [demand, supply] = [demandOf.get(demandId), supplyOf.get(supplyId)]
    if (demand === undefined || supply === undefined) return []
    return [
      {
        ...{ group: sameTitle(demand.prepared), demandId, supply: supply.prepared, level },
        values: measure(demand.prepared, supply.prepared),
        bm25TitleContent: bm25TitleContent(demand.allWords, supply.words),
        tsRank: tsRank(demand.allWords, supply.words),
        charUnigram: FEATURES.title_characters.measure(demand.prepared, supply.prepared) ?? 0,
      },
    ]
  }
  return { train: train.flatMap(toPair), test: test.flatMap(toPair) }
}

/** A demand that was entered twice is one: otherwise p2 would learn from its twin. */
function sameTitle({ facts }: Prepared): string {
  return facts.title.normalize('NFKC').replace(/\s+/gu, '')
}

function factsOf({ id, title, text }: Text, kind: Facts['kind']): Facts {
  return {
    ...{
      id,
      kind,
      title,
      body: kind === 'demand' ? text : '',
      orgId: id,
      market: '',
      state: 'published',
      trustCode: 'green',
    },
    ...{ fields: [], industries: [], strategicIndustries: [], ipc: [], cooperationModes: [] },
    ...{ ipBlockedModes: [], acceptedRegions: [] },
  }
}

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
