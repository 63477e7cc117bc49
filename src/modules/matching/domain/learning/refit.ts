import { FEATURES } from '../features/features.ts'
import { type Prepared, withHistory } from '../prepare.ts'
import { pairValue } from '../score.ts'
import type { Cuts, FeatureWeight, ScoreModel } from '../score-model.ts'
import { type Decided, leaveOneOut } from './decision-history.ts'
import { fitWeights, type Sample } from './fit-weights.ts'
import { type HeldOutFigures, isNotWorse, judgeVerdicts } from './held-out.ts'
import { latentOf } from './latent.ts'
import { fitProportionalOdds } from './proportional-odds.ts'

/** A pair as it was when a broker decided on it. */
export type DecidedPair = { matchId: string; demand: Prepared; supply: Prepared; isApproved: boolean }

export type ModelMetrics = {
  heldOutSize?: number
  candidate?: HeldOutFigures
  /** Of the model that was active then, on the same decisions. */
  active?: HeldOutFigures
}

export type Refit =
  | { isRefused: true; reason: string }
  | {
      isRefused: false
      model: Omit<ScoreModel, 'version'>
      trainingSize: number
      metrics: ModelMetrics
      isNotWorse: boolean
    }

/** Of each kind: fewer say more of the brokers at hand than of what brokers want. */
export const minDecisions = 30
/** Of each kind among the held-out ones, or nothing could be compared. */
const minHeldOut = 5
const heldOutShare = 0.2

/** Draws each weight to that of the prior as strongly as some 100 decisions would pull: a decision informs by ≤ ¼. */
const RIDGE = 25

/**
 * What no model ships a weight for, because nobody judged pairs by it: learnt from nothing, and left out when decisions do not
 * show that it counts. Mean and deviation are set by hand, since those of a few organisations would be chance.
 */
const UNWEIGHED: readonly FeatureWeight[] = [{ feature: 'responsiveness', weight: 0, mean: 0.5, deviation: 0.25 }]

/** `prior`: where learning begins, and whose features it weighs. `active`: what the result has to be no worse than. */
export type Basis = { prior: ScoreModel; active: ScoreModel }

/**
 * Learns from decisions, oldest first. The newest fifth is held out: neither model has seen it, and it is what the next
 * decisions will be like. The weights start from those of the prior, not of the active model: that has learnt from most of
 * these decisions before, and would count them again every night. Slope and cut are then set so that the value is the
 * probability of an approval (Platt's calibration).
 */
export function refit(decisions: readonly DecidedPair[], { prior, active }: Basis): Refit {
  const refusal = refusalOf(decisions)
  if (refusal !== undefined) return { isRefused: true, reason: refusal }
  const cut = Math.floor(decisions.length * (1 - heldOutShare))
  const [training, heldOut] = [decisions.slice(0, cut), decisions.slice(cut)]
  const lacking = lackingKind(heldOut, minHeldOut)
  if (lacking !== undefined)
    return {
      isRefused: true,
      reason: `Of the newest ${heldOut.length} decisions, kept to compare models on, ${lacking}.`,
    }
  const model = learn(training, prior)
  const candidate = judgeVerdicts(verdictsOf(heldOut, training, { ...model, version: '' }))
  const current = judgeVerdicts(verdictsOf(heldOut, training, active))
  const metrics = { heldOutSize: heldOut.length, candidate, active: current }
  return { isRefused: false, model, trainingSize: training.length, metrics, isNotWorse: isNotWorse(candidate, current) }
}

function refusalOf(decisions: readonly DecidedPair[]): string | undefined {
  const lacking = lackingKind(decisions, minDecisions)
  return lacking && `A refit needs ${minDecisions} approvals and ${minDecisions} rejections; ${lacking}.`
}

function lackingKind(decisions: readonly DecidedPair[], least: number): string | undefined {
  const approved = decisions.filter(({ isApproved }) => isApproved).length
  const rejected = decisions.length - approved
  return Math.min(approved, rejected) >= least ? undefined : `there are ${approved} and ${rejected}`
}

function learn(training: readonly DecidedPair[], prior: ScoreModel): Omit<ScoreModel, 'version'> {
  const known = [...prior.features, ...UNWEIGHED]
  const names = known.map(({ feature }) => feature)
  const shifts = shiftsOf(training, prior)
  const samples = training.map(({ matchId, demand, supply, isApproved }): Sample => {
    const values = names.map((name) =>
      name === 'decision_history' ? shifts.get(matchId) : FEATURES[name].measure(demand, supply),
    )
    return { values, level: isApproved ? 2 : 1 }
  })
  const { features } = fitWeights(names, samples, { levels: 2, ridge: RIDGE, prior: known })
  const latents = samples.map(({ values, level }) => ({
    values: Float64Array.of(latentOf(names, values, features)),
    level,
  }))
  const { weights, cuts } = fitProportionalOdds(latents, { levels: 2, ridge: 1, prior: Float64Array.of(1) })
  // A slope of nothing would make all pairs equal: then the decisions say nothing that these features could tell.
  const slope = Math.max(0.1, weights[0] ?? 1)
  const move = (cuts[0] ?? 0) - prior.oddsCuts[1]
  return {
    features: features.map((entry) => ({ ...entry, weight: entry.weight * slope })),
    oddsCuts: shifted(prior.oddsCuts, move),
    // A level stays what it was in probability, since decisions tell two levels apart, not four.
    levelCuts: shifted(prior.levelCuts, move),
  }
}

function shifted([a, b, c]: Cuts, move: number): Cuts {
  return [a + move, b + move, c + move]
}

/** For every decision what the other decisions on its demand foretold; nothing where there are none. */
function shiftsOf(pairs: readonly DecidedPair[], model: ScoreModel): Map<string, number> {
  const shifts = new Map<string, number>()
  for (const members of byDemand(pairs).values()) {
    if (members.length < 2) continue
    const values = leaveOneOut(members.map((pair) => decidedOf(pair, model)))
    for (const [i, { matchId }] of members.entries()) shifts.set(matchId, values[i] ?? 0)
  }
  return shifts
}

/** The held-out pairs as the model would have scored them, knowing the decisions of the training. */
function verdictsOf(heldOut: readonly DecidedPair[], training: readonly DecidedPair[], model: ScoreModel) {
  const known = byDemand(training)
  return heldOut.map(({ demand, supply, isApproved }) => {
    const decided = (known.get(demand.facts.id) ?? []).map((pair) => decidedOf(pair, model))
    return { probability: pairValue(withHistory(demand, decided), supply, model), isApproved }
  })
}

/** A decision against what the model expects of the texts and terms alone; who answers when is no matter of the pair. */
export function decidedOf({ matchId, demand, supply, isApproved }: DecidedPair, model: ScoreModel): Decided {
  return {
    id: matchId,
    supply,
    surprise: (isApproved ? 1 : 0) - pairValue({ ...untimed(demand), history: undefined }, untimed(supply), model),
  }
}

function untimed(listing: Prepared): Prepared {
  if (listing.facts.answering === undefined) return listing
  return { ...listing, facts: { ...listing.facts, answering: undefined } }
}

function byDemand(pairs: readonly DecidedPair[]): Map<string, DecidedPair[]> {
  const groups = new Map<string, DecidedPair[]>()
  for (const pair of pairs) {
    const id = pair.demand.facts.id
    groups.set(id, [...(groups.get(id) ?? []), pair])
  }
  return groups
}
