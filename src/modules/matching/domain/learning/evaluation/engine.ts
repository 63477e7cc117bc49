import { FEATURES } from '../../features/features.ts'
import type { Prepared } from '../../prepare.ts'
import type { FeatureWeight } from '../../score-model.ts'
import { type Decided, learnHistory, leaveOneOut } from '../decision-history.ts'
import { fitWeights, type Sample } from '../fit-weights.ts'
import { latentOf } from '../latent.ts'
import { fitLevelCuts, levelBy } from '../level-cuts.ts'
import { expectedOutcome } from '../proportional-odds.ts'
import { groupsOf } from './metrics.ts'

/** A judged pair; `group` joins the pairs of one demand, however often it was entered. */
export type Pair = {
  group: string
  demandId: string
  demand: Prepared
  supply: Prepared
  values: Sample['values']
  level: number
}

export type Prediction = { score: number; predicted: number }
export type Predict = (pair: Pair) => Prediction

export const levels = 4
const ridge = 1

/** The features that labels with nothing but text can have; history comes on top. */
export const textFeatures = [
  'title_standing',
  'content_standing',
  'content_preference',
  'title_characters',
  'term_rarity',
] as const
const names = [...textFeatures, 'decision_history'] as const

export function measure(demand: Prepared, supply: Prepared): Sample['values'] {
  return textFeatures.map((name) => FEATURES[name].measure(demand, supply))
}

type Stage = { features: FeatureWeight[]; levelCuts: number[] }

/** What the judged pairs teach of the texts, without memory of decisions. */
export function fitTexts(pairs: readonly Pair[]): Stage & { oddsCuts: number[] } {
  const samples = pairs.map(({ values, level }) => ({ values, level }))
  const { features, cuts } = fitWeights(textFeatures, samples, { levels, ridge })
  return { ...withLevels(features, samples), oddsCuts: cuts }
}

/**
 * Learns from judged pairs in two steps, as the product does: the texts first, then what the decisions on the same
 * demand add to them. In training every pair sees the other decisions only. A demand without decisions is judged by the
 * first step alone.
 */
export function trainEngine(training: readonly Pair[]): Predict {
  const first = fitTexts(training)
  const decidedByGroup = groupsOf(
    training.map((pair) => ({ group: pair.group, pair, decided: decidedOf(pair, first) })),
  )
  const informed = [...decidedByGroup.values()].flatMap((members) => {
    const shifts = leaveOneOut(members.map(({ decided }) => decided))
    return members.map(({ pair }, i): Sample => ({ values: [...pair.values, shifts[i]], level: pair.level }))
  })
  const second = withLevels(fitWeights(names, informed, { levels, ridge }).features, informed)
  const histories = new Map(
    [...decidedByGroup].map(([group, members]) => [group, learnHistory(members.map(({ decided }) => decided))]),
  )
  return ({ group, supply, values }) => {
    const history = histories.get(group)
    return history ? judge(second, [...values, history(supply).value]) : judge(first, values)
  }
}

type Expecting = { features: FeatureWeight[]; oddsCuts: number[] }

function decidedOf({ supply, values, level }: Pair, { features, oddsCuts }: Expecting) {
  const expected = expectedOutcome(latentOf(names, values, features), oddsCuts)
  return { id: '', supply, surprise: (level - 1) / (levels - 1) - expected } satisfies Decided
}

function withLevels(features: FeatureWeight[], samples: readonly Sample[]): Stage {
  const scored = samples.map(({ values, level }) => ({ score: latentOf(names, values, features), level }))
  return { features, levelCuts: fitLevelCuts(scored, levels) }
}

function judge({ features, levelCuts }: Stage, values: Sample['values']): Prediction {
  const score = latentOf(names, values, features)
  return { score, predicted: levelBy(score, levelCuts) }
}
