import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../../src/modules/matching/domain/embedding/random.ts'
import { isNotWorse } from '../../../../../src/modules/matching/domain/learning/held-out.ts'
import { type DecidedPair, minDecisions, refit } from '../../../../../src/modules/matching/domain/learning/refit.ts'
import { prepare } from '../../../../../src/modules/matching/domain/prepare.ts'
import { pairValue } from '../../../../../src/modules/matching/domain/score.ts'
import type { ScoreModel } from '../../../../../src/modules/matching/domain/score-model.ts'
import { scoreModelV3 } from '../../../../../src/modules/matching/domain/score-model-v3.ts'
import { shippedModel } from '../../../../../src/modules/matching/domain/shipped-models.ts'
import { aListing, TITLES, textModel } from '../market.ts'

const prepared = (kind: 'demand' | 'supply', id: string, title: string) =>
  prepare({ ...aListing({ kind, title }), id }, textModel)
const supplies = TITLES.map((title, i) => prepared('supply', `s${i}`, title))

const both = (model: ScoreModel) => ({ prior: model, active: model })

/** Brokers who approve what the model scores highly, with some chance, or who toss a coin. */
function decisions(count: number, kind: 'sensible' | 'chance', seed = 1): DecidedPair[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const demand = prepared('demand', `d${i % 12}`, TITLES[(i * 7) % TITLES.length] ?? '')
    const supply = supplies[i % 3 === 0 ? (i * 7) % supplies.length : Math.floor(random() * supplies.length)]
    if (supply === undefined) throw new Error('no supply')
    const isLiked = pairValue(demand, supply, shippedModel) > 0.15
    const isApproved = kind === 'chance' ? random() < 0.5 : isLiked ? random() < 0.9 : random() < 0.1
    return { matchId: `m${i}`, demand, supply, isApproved }
  })
}

describe('a refit', () => {
  it('refuses on three decisions, with numbers in the reason', () => {
    const result = refit(decisions(3, 'chance'), both(shippedModel))
    expect(result).toMatchObject({ isRefused: true, reason: expect.stringContaining(`${minDecisions} approvals`) })
  })

  it('refuses when all were approved, or all of the newest', () => {
    const approved = decisions(200, 'sensible').map((one) => ({ ...one, isApproved: true }))
    expect(refit(approved, both(shippedModel)).isRefused).toBe(true)
    const sorted = decisions(300, 'chance').sort((a, b) => Number(a.isApproved) - Number(b.isApproved))
    expect(refit(sorted, both(shippedModel))).toMatchObject({
      isRefused: true,
      reason: expect.stringContaining('newest 60'),
    })
  })

  it('learns from sensible brokers and is then better on decisions that it has not seen', () => {
    // Half blind: it hardly reads the texts that the brokers go by.
    const features = shippedModel.features.map((entry) => ({ ...entry, weight: entry.weight / 20 }))
    const result = refit(decisions(400, 'sensible'), both({ ...shippedModel, features }))
    if (result.isRefused) throw new Error(result.reason)
    expect(result.isNotWorse).toBe(true)
    expect(result.trainingSize).toBe(320)
    expect(result.metrics.candidate?.logLoss).toBeLessThan(result.metrics.active?.logLoss ?? 0)
    expect(result.model.features.every(({ weight }) => weight > 0)).toBe(true)
  })

  it('gives probabilities: of the pairs it holds for likely as many are approved as it says', () => {
    const all = decisions(600, 'sensible', 5)
    const result = refit(all, both(shippedModel))
    if (result.isRefused) throw new Error(result.reason)
    const model = { ...result.model, version: 'r' }
    const judged = all
      .slice(0, 480)
      .map(({ demand, supply, isApproved }) => ({ p: pairValue(demand, supply, model), isApproved }))
    const mean = judged.reduce((sum, { p }) => sum + p, 0) / judged.length
    const share = judged.filter(({ isApproved }) => isApproved).length / judged.length
    expect(Math.abs(mean - share)).toBeLessThan(0.1)
  })

  it('keeps the order of pairs under calibration: cut points rise and levels keep their probabilities', () => {
    const result = refit(decisions(400, 'sensible'), both(shippedModel))
    if (result.isRefused) throw new Error(result.reason)
    const { oddsCuts, levelCuts } = result.model
    for (const cuts of [oddsCuts, levelCuts]) expect([...cuts]).toEqual([...cuts].sort((a, b) => a - b))
    for (const [k, cut] of levelCuts.entries()) {
      expect(cut - oddsCuts[1]).toBeCloseTo((shippedModel.levelCuts[k] ?? 0) - shippedModel.oddsCuts[1], 9)
    }
  })

  it('finds nothing in decisions by chance: the AUC on unseen ones stays near one half', () => {
    const aucs = [1, 2, 3, 4, 5, 6].map((seed) => {
      const result = refit(decisions(400, 'chance', seed), both(shippedModel))
      return result.isRefused ? 0 : (result.metrics.candidate?.auc ?? 0)
    })
    expect(Math.abs(aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length - 0.5)).toBeLessThan(0.06)
  })

  it('weighs the features of the model it begins at, whatever the active one weighs', () => {
    const result = refit(decisions(400, 'sensible'), { prior: shippedModel, active: scoreModelV3 })
    if (result.isRefused) throw new Error(result.reason)
    const shipped = shippedModel.features.map(({ feature }) => feature)
    const learnt = result.model.features.map(({ feature }) => feature)
    expect(shipped).toEqual(expect.arrayContaining(learnt))
    expect(learnt).toContain('content_preference')
    expect(learnt).not.toContain('content_characters')
  })

  it('learns that answering counts from brokers who go by it, and leaves it out where they do not', () => {
    const timed = (isTold: (i: number, isApproved: boolean) => boolean) =>
      decisions(400, 'sensible').map((one, i) => {
        const answering = { hours: isTold(i, one.isApproved) ? 4 : 100, cases: 5 }
        return { ...one, supply: { ...one.supply, facts: { ...one.supply.facts, answering } } }
      })
    const weightOf = (all: DecidedPair[]) => {
      const result = refit(all, both(shippedModel))
      if (result.isRefused) throw new Error(result.reason)
      return result.model.features.find(({ feature }) => feature === 'responsiveness')
    }
    expect(weightOf(timed((i, isApproved) => isApproved === i % 4 > 0))?.weight).toBeGreaterThan(0.3)
    expect(weightOf(timed((_, isApproved) => !isApproved))).toBeUndefined()
    expect(weightOf(decisions(400, 'sensible'))).toBeUndefined()
  })

  it('learns the same from the same decisions after any number of nights', () => {
    const night = (active: ScoreModel) => refit(decisions(400, 'sensible'), { prior: shippedModel, active })
    const first = night(shippedModel)
    if (first.isRefused) throw new Error(first.reason)
    expect(night({ ...first.model, version: 'first' })).toMatchObject({ model: first.model, isNotWorse: true })
  })

  it('gives the same model again', () => {
    expect(refit(decisions(200, 'sensible'), both(shippedModel))).toEqual(
      refit(decisions(200, 'sensible'), both(shippedModel)),
    )
  })
})

describe('not worse', () => {
  it('means on both figures', () => {
    const active = { logLoss: 0.5, auc: 0.8 }
    expect(isNotWorse(active, active)).toBe(true)
    expect(isNotWorse({ logLoss: 0.4, auc: 0.8 }, active)).toBe(true)
    expect(isNotWorse({ logLoss: 0.4, auc: 0.79 }, active)).toBe(false)
    expect(isNotWorse({ logLoss: 0.51, auc: 0.9 }, active)).toBe(false)
  })
})
