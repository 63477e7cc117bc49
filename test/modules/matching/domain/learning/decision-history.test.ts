import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../../src/modules/matching/domain/embedding/random.ts'
import {
  type Decided,
  learnHistory,
  leaveOneOut,
} from '../../../../../src/modules/matching/domain/learning/decision-history.ts'
import { judgeVerdicts } from '../../../../../src/modules/matching/domain/learning/held-out.ts'
import { sparseVector } from '../../../../../src/modules/matching/domain/sparse.ts'

/** A supply whose title points that far round a circle: near angles are similar titles. */
const supplyAt = (angle: number): Decided['supply'] => ({
  titleVector: Float32Array.of(Math.cos(angle), Math.sin(angle)),
  titleGrams: sparseVector(new Map([[`${Math.floor(angle * 4)}`, 1]])),
})

const decision = fc.record({
  angle: fc.float({ min: 0, max: 6, noNaN: true }),
  surprise: fc.float({ min: -1, max: 1, noNaN: true }),
})
const toDecided = (ones: readonly { angle: number; surprise: number }[]): Decided[] =>
  ones.map(({ angle, surprise }, i) => ({ id: `m${i}`, supply: supplyAt(angle), surprise }))

describe('the history of a demand', () => {
  it('draws a supply to the decisions nearest to it and names them', () => {
    const history = learnHistory(
      toDecided([
        { angle: 0, surprise: 0.8 },
        { angle: 3, surprise: -0.2 },
      ]),
    )
    const [near, far] = [history(supplyAt(0.05)), history(supplyAt(3.05))]
    expect(near.value).toBeGreaterThan(0.3)
    expect(far.value).toBeLessThan(near.value)
    expect(near.evidence[0]?.id).toBe('m0')
  })

  it('never goes further than the decisions themselves, and is certain of nothing after one', () => {
    const { value } = learnHistory(toDecided([{ angle: 1, surprise: 1 }]))(supplyAt(1))
    expect(value).toBeGreaterThan(0.5)
    expect(value).toBeLessThan(0.8)
  })

  it('does not depend on the order of the decisions', () => {
    fc.assert(
      fc.property(fc.array(decision, { minLength: 1, maxLength: 8 }), (ones) => {
        const decided = toDecided(ones)
        const value = learnHistory(decided)(supplyAt(1)).value
        expect(learnHistory(decided.toReversed())(supplyAt(1)).value).toBeCloseTo(value, 9)
      }),
    )
  })
})

describe('leave one out', () => {
  it('is exactly what the other decisions alone would say', () => {
    fc.assert(
      fc.property(fc.array(decision, { minLength: 1, maxLength: 8 }), (ones) => {
        const decided = toDecided(ones)
        leaveOneOut(decided).forEach((value, i) => {
          const others = decided.filter((_, place) => place !== i)
          expect(value).toBeCloseTo(learnHistory(others)(decided[i]?.supply ?? {}).value, 6)
        })
      }),
    )
  })

  it('learns nothing from labels that mean nothing: the AUC stays at one half', () => {
    const random = seededRandom(3)
    const verdicts = Array.from({ length: 60 }, () => {
      const decided = toDecided(
        Array.from({ length: 20 }, () => ({ angle: random() * 6, surprise: random() < 0.5 ? -0.5 : 0.5 })),
      )
      const shifts = leaveOneOut(decided)
      // Ten of each at least in expectation; what a demand has too many of would otherwise look foretold.
      return decided.map(({ surprise }, i) => ({ probability: shifts[i] ?? 0, isApproved: surprise > 0 }))
    }).flat()
    const { auc } = judgeVerdicts(verdicts)
    expect(Math.abs(auc - 0.5)).toBeLessThan(0.06)
  })
})
