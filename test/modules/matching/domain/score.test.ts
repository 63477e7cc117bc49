import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepare } from '../../../../src/modules/matching/domain/prepare.ts'
import { pairValue, scorePair } from '../../../../src/modules/matching/domain/score.ts'
import { scoreModelV1 } from '../../../../src/modules/matching/domain/score-model-v1.ts'
import { GOLDEN } from './golden-pairs.ts'
import { aDemand, aSupply, preparedDemand, preparedSupply, TITLES, textModel } from './market.ts'

const anyText = fc.oneof(
  fc.constantFrom(...TITLES),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('', '   ', '🚀🎉', '一种的及其', '\u0000\ud800', 'PVC-U 3.5mm', 'ＡＢＣ磷酸铁锂'),
)
const anyCodes = fc.subarray(['new-materials', 'new-energy', 'H01M10/0525', 'H01M', 'C36', 'C', 'nonsense'])
const anyFacts = fc.record({ title: anyText, body: anyText, fields: anyCodes, ipc: anyCodes, industries: anyCodes })

describe('scorePair', () => {
  it.each(GOLDEN)('ranks fit, neighbour and stranger in this order for "$title"', ({ title, body, supplies }) => {
    const demand = preparedDemand({ title, body })
    const values = supplies.map((supply) => scorePair(demand, preparedSupply({ title: supply }), scoreModelV1).value)
    expect([...values].sort((a, b) => b - a)).toEqual(values)
    expect(new Set(values).size).toBe(3)
  })

  it.each(GOLDEN)('puts the fit for "$title" among the best three of the whole market', ({ title, body, supplies }) => {
    const demand = preparedDemand({ title, body })
    const ranked = [...TITLES]
      .map((supply) => ({ supply, value: pairValue(demand, preparedSupply({ title: supply }), scoreModelV1) }))
      .sort((a, b) => b.value - a.value)
    expect(ranked.slice(0, 3).map(({ supply }) => supply)).toContain(supplies[0])
  })

  it('gives a probability, whole parts and no NaN for any texts and codes', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (demand, supply) => {
        const score = scorePair(preparedDemand(demand), preparedSupply(supply), scoreModelV1)
        expect(score.value).toBeGreaterThanOrEqual(0)
        expect(score.value).toBeLessThanOrEqual(1)
        expect([1, 2, 3, 4]).toContain(score.level)
        for (const part of score.parts) {
          expect(Number.isFinite(part.contribution)).toBe(true)
          expect(part.value === null || Number.isFinite(part.value)).toBe(true)
          expect(part.evidence.length).toBeLessThanOrEqual(8)
          expect(part.evidence.every(({ weight }) => Number.isFinite(weight))).toBe(true)
        }
      }),
    )
  })

  it('is the same when computed again from the same facts, and by the quick way', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (d, s) => {
        const [demand, supply] = [aDemand(d), aSupply(s)]
        const first = scorePair(prepare(demand, textModel), prepare(supply, textModel), scoreModelV1)
        const second = scorePair(prepare(demand, textModel), prepare(supply, textModel), scoreModelV1)
        expect(second).toEqual(first)
        expect(pairValue(prepare(demand, textModel), prepare(supply, textModel), scoreModelV1)).toBe(first.value)
      }),
    )
  })

  it.each(scoreModelV1.features)('rises with $feature alone', (entry) => {
    const alone = { ...scoreModelV1, features: [entry] }
    const scores = GOLDEN.filter(({ body }) => body !== '').flatMap(({ title, body }) =>
      TITLES.map((supply, i) => {
        const ipc = ['H01M10/0525', 'H01M10/04', 'H01M4/58', 'H01B1/00', 'B01D1/00'][i % 5] ?? ''
        const demand = preparedDemand({ title, body, ipc: ['H01M10/0525'] })
        return scorePair(demand, preparedSupply({ title: supply, ipc: [ipc] }), alone)
      }),
    )
    const byFeature = scores
      .map(({ parts, value, level }) => ({ measured: parts[0]?.value ?? Number.NaN, value, level }))
      .sort((a, b) => a.measured - b.measured)
    expect(byFeature.at(-1)?.measured).toBeGreaterThan(byFeature[0]?.measured ?? Number.NaN)
    byFeature.slice(1).forEach((next, i) => {
      expect(next.value).toBeGreaterThanOrEqual(byFeature[i]?.value ?? Number.NaN)
      expect(next.level).toBeGreaterThanOrEqual(byFeature[i]?.level ?? Number.NaN)
    })
  })

  it('treats what is absent as absent, not as unlike', () => {
    const valueWith = (demandFields: string[], supplyFields: string[]) =>
      scorePair(
        preparedDemand({ title: TITLES[0], fields: demandFields }),
        preparedSupply({ title: TITLES[1], fields: supplyFields }),
        scoreModelV1,
      )
    const absent = valueWith(['new-materials'], [])
    const unlike = valueWith(['new-materials'], ['aerospace'])
    const alike = valueWith(['new-materials'], ['new-materials'])
    expect(absent.parts.find(({ feature }) => feature === 'classification')).toMatchObject({
      value: null,
      contribution: 0,
      evidence: [],
    })
    expect(unlike.value).toBeLessThan(absent.value)
    expect(absent.value).toBeLessThan(alike.value)
  })

  it('answers the base rate for a pair without any text', () => {
    const score = scorePair(preparedDemand({}), preparedSupply({}), scoreModelV1)
    expect(score.parts.every(({ value }) => value === null)).toBe(true)
    expect(score.value).toBeCloseTo(0.074, 3)
  })

  it('names what the parts rest on', () => {
    const score = scorePair(
      preparedDemand({ title: '磷酸铁锂低温性能', body: '改进磷酸铁锂正极材料', ipc: ['H01M 4/58'] }),
      preparedSupply({ title: '一种磷酸铁锂正极材料及其制备方法', ipc: ['H01M4/36'] }),
      scoreModelV1,
    )
    const evidence = Object.fromEntries(score.parts.map((part) => [part.feature, part.evidence]))
    expect(evidence.title_characters?.map((piece) => 'term' in piece && piece.term)).toEqual(
      expect.arrayContaining(['磷', '酸', '铁', '锂']),
    )
    expect(evidence.content_characters?.[0]).toMatchObject({ kind: 'phrase', term: '磷酸铁锂正极材料' })
    expect(evidence.classification?.[0]).toMatchObject({ kind: 'code', vocabulary: 'ipc', code: 'H01M4/00' })
  })

  it('carries the versions of both models', () => {
    const score = scorePair(preparedDemand({}), preparedSupply({}), scoreModelV1)
    expect(score.modelVersion).toBe(`v1/${textModel.version}`)
  })
})
