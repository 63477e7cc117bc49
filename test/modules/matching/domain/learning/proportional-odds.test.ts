import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../../src/modules/matching/domain/embedding/random.ts'
import {
  expectedOutcome,
  fitProportionalOdds,
  type Labelled,
} from '../../../../../src/modules/matching/domain/learning/proportional-odds.ts'

const weights = [0.9, -0.4, 0]
const cuts = [-0.5, 0.7, 2]

/** Rows drawn from the model itself. */
function drawn(count: number, seed: number): Labelled[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const values = Float64Array.from(weights, () => Math.sqrt(3) * (2 * random() - 1))
    const latent = values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0)
    const logistic = Math.log(1 / (1 - random()) - 1)
    return { values, level: 1 + cuts.filter((cut) => latent - logistic > cut).length }
  })
}

describe('proportional odds', () => {
  it('finds the weights and cut points that the labels were drawn with', () => {
    const fit = fitProportionalOdds(drawn(8000, 1), { levels: 4, ridge: 1 })
    expect(fit.isConverged).toBe(true)
    for (const [i, weight] of weights.entries()) expect(Math.abs((fit.weights[i] ?? 9) - weight)).toBeLessThan(0.08)
    for (const [i, cut] of cuts.entries()) expect(Math.abs((fit.cuts[i] ?? 9) - cut)).toBeLessThan(0.08)
  })

  it('keeps the cut points in order, on few labels and with levels that nobody gave', () => {
    for (const rows of [drawn(12, 2), drawn(40, 3).filter(({ level }) => level !== 3)]) {
      const fitted = [...fitProportionalOdds(rows, { levels: 4, ridge: 1 }).cuts]
      expect(fitted.every(Number.isFinite)).toBe(true)
      expect(fitted).toEqual([...fitted].sort((a, b) => a - b))
    }
  })

  it('stays finite where the labels part without error', () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ values: Float64Array.of(i - 20), level: i < 20 ? 1 : 2 }))
    const {
      weights: [weight = Number.NaN],
    } = fitProportionalOdds(rows, { levels: 2, ridge: 1 })
    expect(weight).toBeGreaterThan(0)
    expect(weight).toBeLessThan(10)
  })

  it('stays with the prior when there is little to learn from, and leaves it when there is much', () => {
    const prior = Float64Array.of(0, 0, 1)
    const far = (count: number) => {
      const fit = fitProportionalOdds(drawn(count, 4), { levels: 4, ridge: 25, prior })
      return Math.hypot(...prior.map((value, i) => value - (fit.weights[i] ?? 0)))
    }
    expect(far(5)).toBeLessThan(0.3)
    expect(far(8000)).toBeGreaterThan(1)
  })

  it('gives the same bits again', () => {
    const once = () => fitProportionalOdds(drawn(500, 5), { levels: 4, ridge: 1 })
    expect(once()).toEqual(once())
  })
})

describe('the expected outcome', () => {
  it('rises with the latent score, from 0 to 1', () => {
    const outcomes = [-40, -2, -1, 0, 1, 2, 40].map((latent) => expectedOutcome(latent, cuts))
    expect(outcomes).toEqual([...outcomes].sort((a, b) => a - b))
    expect(outcomes[0]).toBeCloseTo(0)
    expect(outcomes.at(-1)).toBeCloseTo(1)
  })
})
