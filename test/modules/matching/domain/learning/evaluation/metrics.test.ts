import { describe, expect, it } from 'vitest'
import { dealFolds } from '../../../../../../src/modules/matching/domain/learning/evaluation/folds.ts'
import {
  areaUnderCurve,
  type Judged,
  meanAbsoluteError,
  ndcgAt10,
  quadraticKappa,
  spearman,
} from '../../../../../../src/modules/matching/domain/learning/evaluation/metrics.ts'

const row = (level: number, score: number, predicted = level, group = 'd'): Judged => ({
  group,
  level,
  score,
  predicted,
})

describe('the figures', () => {
  const perfect = [row(1, 0.1), row(2, 0.2), row(3, 0.3), row(4, 0.4)]
  const reversed = perfect.map((one) => ({ ...one, score: -one.score, predicted: 5 - one.level }))

  it('are perfect for the truth and at their worst for its reverse', () => {
    const all = (rows: Judged[]) => [
      meanAbsoluteError(rows),
      quadraticKappa(rows),
      spearman(rows),
      areaUnderCurve(rows, 3),
    ]
    expect(all(perfect)).toEqual([0, 1, 1, 1])
    expect(all(reversed)).toEqual([2, -1, -1, 0])
  })

  it('follow the definition of NDCG: gain is level − 1, discounted by log2 of place + 1', () => {
    const rows = [row(1, 3), row(3, 2), row(2, 1)]
    const got = 2 / Math.log2(3) + 1 / Math.log2(4)
    const ideal = 2 + 1 / Math.log2(3)
    expect(ndcgAt10(rows, 1)).toBeCloseTo(got / ideal, 12)
  })

  it('break ties by chance, alike for the same seed, and leave out demands without any gain', () => {
    const tied = [row(4, 0), row(1, 0), row(1, 0), row(1, 9, 1, 'without')]
    expect(ndcgAt10(tied, 1)).toBe(ndcgAt10(tied, 1))
    expect(ndcgAt10(tied, 1)).toBeGreaterThan(0.5)
    expect(ndcgAt10(tied, 1)).toBeLessThan(1)
  })

  it('count equal scores half in the AUC', () => {
    expect(areaUnderCurve([row(1, 0), row(3, 0)], 3)).toBe(0.5)
    expect(areaUnderCurve([row(3, 0)], 3)).toBe(0.5)
  })
})

describe('folds', () => {
  it('deal evenly, alike for one seed in any order of keys, and otherwise for another', () => {
    const keys = Array.from({ length: 23 }, (_, i) => `k${i}`)
    const dealt = dealFolds(keys, 5, 1)
    const sizes = [0, 1, 2, 3, 4].map((fold) => [...dealt.values()].filter((one) => one === fold).length)
    expect(sizes).toEqual([5, 5, 5, 4, 4])
    expect([...dealFolds(keys.toReversed(), 5, 1)].sort()).toEqual([...dealt].sort())
    expect([...dealFolds(keys, 5, 2)].sort()).not.toEqual([...dealt].sort())
  })
})
