import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../../src/modules/matching/domain/embedding/random.ts'
import { fitWeights, type Sample } from '../../../../../src/modules/matching/domain/learning/fit-weights.ts'

const names = ['title_embedding', 'title_characters', 'region', 'trust'] as const

/** The first speaks for an approval, the second against it, the third is noise with gaps, the fourth always the same. */
function samples(count: number): Sample[] {
  const random = seededRandom(9)
  return Array.from({ length: count }, () => {
    const [a, b] = [random(), random()]
    const level = a - b + 0.4 * (random() - 0.5) > 0 ? 2 : 1
    return { values: [a, b, random() < 0.5 ? undefined : random(), 1], level }
  })
}
const weightOf = (features: readonly { feature: string; weight: number }[], name: string) =>
  features.find(({ feature }) => feature === name)?.weight

describe('the weights', () => {
  it('are never negative: a feature that would speak against likeness is left out', () => {
    const { features } = fitWeights(names, samples(500), { levels: 2, ridge: 1 })
    expect(features.every(({ weight }) => weight > 0)).toBe(true)
    expect(weightOf(features, 'title_embedding')).toBeGreaterThan(0.5)
    expect(weightOf(features, 'title_characters')).toBeUndefined()
  })

  it('leave alone what no sample can tell', () => {
    const prior = [{ feature: 'trust' as const, weight: 0.25, mean: 1, deviation: 0.25 }]
    const { features } = fitWeights(names, samples(200), { levels: 2, ridge: 1, prior })
    expect(features).toContainEqual(prior[0])
    expect(weightOf(fitWeights(names, samples(200), { levels: 2, ridge: 1 }).features, 'trust')).toBeUndefined()
  })
})
