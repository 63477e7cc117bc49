import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prepare } from '../../../../../src/modules/matching/domain/prepare.ts'
import { pairValue } from '../../../../../src/modules/matching/domain/score.ts'
import { shippedModel } from '../../../../../src/modules/matching/domain/shipped-models.ts'
import { trainTextModel } from '../../../../../src/modules/matching/domain/text-model.ts'
import { addTitle } from '../../../../../src/modules/matching/domain/titles/add-title.ts'
import { greatest } from '../../../../../src/modules/matching/domain/titles/greatest.ts'
import { scanTitles } from '../../../../../src/modules/matching/domain/titles/scan-titles.ts'
import { titleQuery } from '../../../../../src/modules/matching/domain/titles/title-query.ts'
import {
  dropTitle,
  type TitleStore,
  titleStore,
} from '../../../../../src/modules/matching/domain/titles/title-store.ts'
import type { Facts } from '../../../../../src/modules/matching/domain/types.ts'
import { syntheticMarket } from '../../../../bench/synthetic-match-documents.ts'
import { aDemand } from '../market.ts'

/** Each stands in the store eleven times: more than one block, so that both ways of the first look take part. */
const distinct = 6_000
const copies = 11

const market = syntheticMarket(11)
const supplies = Array.from({ length: distinct }, (_, number) => market.documentOf('supply', number).facts)
const textModel = trainTextModel(
  supplies.slice(0, 1_000).map(({ title }) => title),
  { dimensions: 80, seed: 7 },
)
const factsOf = [
  (text: string) => {
    const [fields = [], industries = []]: string[][] = JSON.parse(text)
    return { fields, industries }
  },
  (region: string) => ({ region }),
  (text: string) => ({ cooperationModes: JSON.parse(text) }),
]

/** Every listing has a key of its own: its number. */
function add(store: TitleStore, { title, orgId, fields, industries, region = '', cooperationModes }: Facts): void {
  const key = new Uint8Array(16)
  new DataView(key.buffer).setUint32(12, store.size)
  const traits = [JSON.stringify([fields, industries]), region, JSON.stringify(cooperationModes)]
  addTitle(store, { key, org: orgId, title, traits, factsOf })
}

const store = titleStore(textModel)
for (let copy = 0; copy < copies; copy += 1) for (const supply of supplies) add(store, supply)
const slotsOf = (facts: Facts, wanted: number) =>
  scanTitles(store, titleQuery(store, prepare(facts, textModel), shippedModel), wanted)

describe('a scan of 66,000 titles', () => {
  it('holds at least 0.95 of the supplies with the best exact scores', () => {
    const prepared = supplies.map((facts) => prepare({ ...facts, body: '' }, textModel))
    for (const number of [1, 2, 3]) {
      const { facts } = market.documentOf('demand', number)
      const own = prepare(facts, textModel)
      const exact = prepared.map((supply, index) => ({ index, value: pairValue(own, supply, shippedModel) }))
      const best = exact.sort((a, b) => b.value - a.value).slice(0, 20)
      const found = new Set(slotsOf(facts, 300).map(({ slot }) => slot % distinct))
      expect(best.filter(({ index }) => found.has(index)).length).toBeGreaterThanOrEqual(19)
    }
  })

  it('finds a title by itself first, in a block and behind the last one', () => {
    for (const number of [10, distinct * copies - 1]) {
      const { title, ...rest } = supplies[number % distinct] ?? aDemand()
      const [first] = slotsOf(aDemand({ ...rest, kind: 'demand', title, body: '' }), 5)
      expect(supplies[(first?.slot ?? 0) % distinct]?.title).toBe(title)
    }
  })

  it.each(['', '膜', '🙂🙂', 'a', '电'.repeat(20_000), 'Ångström θ 50℃ 纳米 ﾊﾝｶｸ'])('survives the text %#', (text) => {
    for (const facts of [aDemand({ title: text, body: text }), aDemand({ title: text })]) {
      for (const { estimate } of slotsOf(facts, 10)) expect(Number.isFinite(estimate)).toBe(true)
    }
  })
})

describe('a store of titles', () => {
  const small = () => {
    const made = titleStore(textModel)
    for (const supply of supplies.slice(0, 3)) add(made, supply)
    return made
  }

  it('never finds a title again that was dropped', () => {
    const made = small()
    const find = () =>
      scanTitles(
        made,
        titleQuery(made, prepare(aDemand({ title: supplies[1]?.title ?? '' }), textModel), shippedModel),
        5,
      )
    expect(find().map(({ slot }) => slot)).toContain(1)
    dropTitle(made, 1)
    expect(find().map(({ slot }) => slot)).not.toContain(1)
  })

  it('gives back the key of each title', () => {
    const made = titleStore(textModel)
    const keys = Array.from({ length: 3_000 }, (_, number) =>
      Uint8Array.from({ length: 16 }, (_byte, at) => (at === 0 ? number >> 8 : number + at) % 256),
    )
    for (const one of keys) addTitle(made, { key: one, org: '', title: '膜', traits: ['[]', '', '[]'], factsOf })
    expect([0, 1_023, 1_024, 2_999].map((slot) => made.keys.slice(slot * 16, slot * 16 + 16))).toEqual(
      [0, 1_023, 1_024, 2_999].map((slot) => keys[slot]),
    )
  })
})

describe('greatest', () => {
  it('takes as many as are wanted, none smaller by more than 1/4096 of the range than one left out', () => {
    const values = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 50 }), (list, wanted) => {
        const chosen = [...greatest(Float32Array.from(list), wanted)]
        expect(new Set(chosen).size).toBe(Math.min(wanted, list.length))
        const least = Math.min(...chosen.map((index) => list[index] ?? 0))
        const left = list.filter((_, index) => !chosen.includes(index))
        const range = Math.max(...list) - Math.min(...list)
        expect(Math.max(...left, Number.NEGATIVE_INFINITY)).toBeLessThanOrEqual(least + range / 4_000 + 1e-4)
      }),
    )
  })
})
