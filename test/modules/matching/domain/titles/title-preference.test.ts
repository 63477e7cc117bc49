import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { preferencePrior } from '../../../../../src/modules/matching/domain/features/content-preference.ts'
import { demandCrowd } from '../../../../../src/modules/matching/domain/features/demand-crowd.ts'
import { spreadAround } from '../../../../../src/modules/matching/domain/features/spread.ts'
import { prepare } from '../../../../../src/modules/matching/domain/prepare.ts'
import { trainTextModel } from '../../../../../src/modules/matching/domain/text-model.ts'
import { addTitle } from '../../../../../src/modules/matching/domain/titles/add-title.ts'
import { scalesPerTitle } from '../../../../../src/modules/matching/domain/titles/title-records.ts'
import { titleStore } from '../../../../../src/modules/matching/domain/titles/title-store.ts'
import { aSupply, TITLES } from '../market.ts'

/** Fewer than the estimate takes at most, so that it is exact. */
const demands = TITLES.slice(0, 30).map((title, i) => ({ title, body: `需要${TITLES[i + 5]}，建设监测系统` }))

function storedPreference(model: typeof textModel, title: string): { mean: number; deviation: number } {
  const store = titleStore(model)
  addTitle(store, { key: new Uint8Array(16), org: 'o', title, traits: [], factsOf: [] })
  const [mean = Number.NaN, inverse = Number.NaN] = store.records.scales.subarray(4, scalesPerTitle)
  return { mean, deviation: 1 / inverse }
}

const textModel = trainTextModel(TITLES, { dimensions: 80, seed: 7 }, demands)

/** A unit that repeats counts twice in the index and by its logarithm in the feature. */
const plainTitles = TITLES.filter((title) => new Set(title).size === title.length)

describe('what the title index knows of a preference', () => {
  it('is what content_preference takes from the reference demands', () => {
    fc.assert(
      fc.property(fc.constantFrom(...plainTitles), (title) => {
        const { titleGrams } = prepare(aSupply({ title }), textModel)
        if (titleGrams === undefined) throw new Error('the title has grams')
        const { mean, deviation } = spreadAround(preferencePrior, demandCrowd(textModel)(titleGrams))
        const stored = storedPreference(textModel, title)
        expect(stored.mean).toBeCloseTo(mean, 4)
        expect(stored.deviation).toBeCloseTo(deviation, 4)
      }),
      { numRuns: 20 },
    )
  })

  it('is finite for any title, and the usual where no demand is known', () => {
    const alone = trainTextModel(TITLES, { dimensions: 80, seed: 7 })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const { mean, deviation } = storedPreference(textModel, title)
        expect(mean).toSatisfy(Number.isFinite)
        expect(deviation).toBeGreaterThan(0)
        expect(storedPreference(alone, title)).toEqual({ mean: 0, deviation: 1 })
      }),
      { numRuns: 50 },
    )
  })
})
