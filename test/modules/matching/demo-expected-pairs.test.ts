import { beforeAll, describe, expect, it } from 'vitest'
import { type DemoListing, demoData } from '../../../seeds/demo-data.ts'
import { newId } from '../../../src/kernel/ids.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { checkGates } from '../../../src/modules/matching/domain/gates.ts'
import { type Prepared, prepare } from '../../../src/modules/matching/domain/prepare.ts'
import { pairValue } from '../../../src/modules/matching/domain/score.ts'
import { shippedModel } from '../../../src/modules/matching/domain/shipped-models.ts'
import { trainTextModel } from '../../../src/modules/matching/domain/text-model.ts'
import type { Facts } from '../../../src/modules/matching/domain/types.ts'
import { type Described, factsOfDemand, factsOfSupply } from '../../../src/modules/matching/facts-of-listing.ts'
import { supplyKind } from '../../../src/modules/supplies/index.ts'
import expectedPairs from '../../fixtures/demo-expected-pairs.json' with { type: 'json' }

const today = '2026-11-20'
type Ranked = { key: string; value: number }

/** A listing of the demo as the market would store it, owned by its organisation. */
function described(definition: typeof demandKind, { listing }: DemoListing, orgId: string): Described {
  const lists = { industries: [], strategicIndustries: [], ipc: [], keywords: [], cooperationModes: [], indicators: [] }
  return {
    id: newId(definition.kind === 'supply' ? 'supply' : 'demand'),
    orgId: orgId as Described['orgId'],
    market: String(listing.market),
    content: { ...lists, language: 'zh', ...listing } as unknown as Described['content'],
    details: listing,
    facets: definition.facetsOf(listing),
    state: 'published',
    trustCode: 'green',
  }
}

/** Per demand, the supplies that pass its gates, best first. */
function rankDemo(): Map<string, Ranked[]> {
  const supplies = demoData.supplies.map(
    (one) => [one.key, factsOfSupply(described(supplyKind, one, one.org), today)] as const,
  )
  const demands = demoData.demands.map((one) => [one.key, factsOfDemand(described(demandKind, one, one.org))] as const)
  const titles = [...supplies, ...demands].map(([, facts]) => facts.title)
  const textModel = trainTextModel(
    titles,
    { dimensions: 160, seed: 7 },
    demands.map(([, { title, body }]) => ({ title, body })),
  )
  const ready = (sides: readonly (readonly [string, Facts])[]): [string, Prepared][] =>
    sides.map(([key, facts]) => [key, prepare(facts, textModel)])
  const offers = ready(supplies)
  return new Map(ready(demands).map(([key, demand]) => [key, rankFor(demand, offers)]))
}

function rankFor(demand: Prepared, offers: readonly [string, Prepared][]): Ranked[] {
  return offers
    .filter(([, supply]) => checkGates(demand.facts, supply.facts, today).length === 0)
    .map(([key, supply]) => ({ key, value: pairValue(demand, supply, shippedModel) }))
    .sort((a, b) => b.value - a.value)
}

/** 60 demands and 120 supplies whose pairs were laid out when the demo was written; 47 demands have a match. */
describe('the demo market by the model that ships', () => {
  let ranked: Map<string, Ranked[]>
  beforeAll(() => {
    ranked = rankDemo()
  })
  const expecting = (what: string) => expectedPairs.filter(({ expect: expectation }) => expectation === what)

  it('finds an expected supply at 0.5 or more for at least 44 of the 47 demands that have one', () => {
    const found = expecting('match').filter(({ demand, supplies }) =>
      ranked.get(demand)?.some(({ key, value }) => supplies.includes(key) && value >= 0.5),
    )
    expect(expecting('match')).toHaveLength(47)
    expect(found.length).toBeGreaterThanOrEqual(44)
  })

  it('ranks an expected supply first for at least 45 of them', () => {
    const first = expecting('match').filter(({ demand, supplies }) =>
      supplies.includes(ranked.get(demand)?.[0]?.key ?? ''),
    )
    expect(first.length).toBeGreaterThanOrEqual(45)
  })

  it('proposes nothing at 0.5 or more to a demand that nobody can serve', () => {
    const wrong = expecting('none').filter(({ demand }) => ranked.get(demand)?.some(({ value }) => value >= 0.5))
    expect(expecting('none')).toHaveLength(8)
    expect(wrong).toEqual([])
  })

  it('keeps blocked supplies out, however well they fit', () => {
    for (const { demand, supplies } of expecting('blocked')) {
      expect(ranked.get(demand)?.some(({ key }) => supplies.includes(key))).toBe(false)
    }
  })
})
