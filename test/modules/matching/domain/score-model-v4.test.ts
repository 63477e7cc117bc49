import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Prepared, prepare } from '../../../../src/modules/matching/domain/prepare.ts'
import { pairValue, scorePair } from '../../../../src/modules/matching/domain/score.ts'
import { scoreModelV3 } from '../../../../src/modules/matching/domain/score-model-v3.ts'
import { scoreModelV4 } from '../../../../src/modules/matching/domain/score-model-v4.ts'
import { shippedModels } from '../../../../src/modules/matching/domain/shipped-models.ts'
import { trainTextModel } from '../../../../src/modules/matching/domain/text-model.ts'
import { GOLDEN } from './golden-pairs.ts'
import { factsIn } from './indicators/facts.ts'
import { aDemand, aSupply, TITLES } from './market.ts'

const textModel = trainTextModel(TITLES, { dimensions: 160, seed: 7 }, GOLDEN)
const demandOf = (facts: Parameters<typeof aDemand>[0]): Prepared => prepare(aDemand(facts), textModel)
const supplyOf = (facts: Parameters<typeof aSupply>[0]): Prepared => prepare(aSupply(facts), textModel)

const anyText = fc.oneof(
  fc.constantFrom(...TITLES),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom('', ' ', '膜', '🚀🎉', '一种的及其', '\u0000\ud800', 'PVC-U 3.5mm', '电'.repeat(20_000)),
)
const anyFacts = fc.record({ title: anyText, body: anyText, ipc: fc.subarray(['H01M10/0525', 'B22D', 'nonsense']) })

describe('scoreModelV4', () => {
  it('counts no text twice: a cosine and its standing are never in one model', () => {
    for (const { features } of shippedModels) {
      const names = features.map(({ feature }) => feature)
      expect(new Set(names).size).toBe(names.length)
      expect(names.includes('title_embedding') && names.includes('title_standing')).toBe(false)
      expect(names.includes('content_characters') && names.includes('content_standing')).toBe(false)
    }
  })

  it('has no weight below zero and rising cuts', () => {
    for (const { weight, deviation } of scoreModelV4.features) {
      expect(weight).toBeGreaterThan(0)
      expect(deviation).toBeGreaterThan(0)
    }
    for (const [a, b, c] of [scoreModelV4.oddsCuts, scoreModelV4.levelCuts]) {
      expect(a).toBeLessThan(b)
      expect(b).toBeLessThan(c)
    }
  })

  it.each(GOLDEN)('ranks fit, neighbour and stranger in this order for "$title"', ({ title, body, supplies }) => {
    const demand = demandOf({ title, body })
    const values = supplies.map((supply) => pairValue(demand, supplyOf({ title: supply }), scoreModelV4))
    expect([...values].sort((a, b) => b - a)).toEqual(values)
    expect(new Set(values).size).toBe(3)
  })

  it('gives a probability without NaN for any texts, the same when computed again and by the quick way', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (d, s) => {
        const [first, second] = [1, 2].map(() => scorePair(demandOf(d), supplyOf(s), scoreModelV4))
        expect(second).toEqual(first)
        expect(first?.value).toBeGreaterThanOrEqual(0)
        expect(first?.value).toBeLessThanOrEqual(1)
        for (const { contribution } of first?.parts ?? []) expect(contribution).toSatisfy(Number.isFinite)
        expect(pairValue(demandOf(d), supplyOf(s), scoreModelV4)).toBe(first?.value)
      }),
    )
  })

  it('weighs everything but the texts as v3 does', () => {
    const facts = { ipc: ['H01M4/58'], region: '330206', trlMin: 5, indicators: factsIn('抗拉强度≥280MPa') }
    const [before, now] = [scoreModelV3, scoreModelV4].map(
      (model) => scorePair(demandOf(facts), supplyOf({ ...facts, trlMax: 7 }), model).parts,
    )
    const known = (before ?? []).filter(({ value }) => value !== null)
    expect(known.map(({ feature }) => feature)).toEqual([
      'classification',
      'indicators',
      'maturity_fit',
      'region',
      'trust',
    ])
    expect(now).toEqual(expect.arrayContaining(known))
  })

  it('answers the base rate of the labelled pairs for a pair without any text', () => {
    expect(pairValue(demandOf({}), supplyOf({}), scoreModelV4)).toBeCloseTo(0.071, 3)
  })
})
