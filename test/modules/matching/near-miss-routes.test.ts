import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { updateListing } from '../../../src/modules/listings/update-listing.ts'
import { findNearMisses } from '../../../src/modules/matching/find-near-misses.ts'
import { markMatchDecided } from '../../../src/modules/matching/mark-match-decided.ts'
import { matchListing } from '../../../src/modules/matching/match-listing.ts'
import { listMatchesOf, type Side } from '../../../src/modules/matching/match-repo.ts'
import { type Given, given, type Made } from '../../support/given.ts'
import { expectProblem } from '../../support/http.ts'
import { testVault } from '../../support/vault.ts'
import { useMatchingApi } from './matching-api.ts'
import { BATTERY_DEMAND, BATTERY_SUPPLY } from './texts.ts'

const api = useMatchingApi()
let market: Given
let university: Principal
let wanted: Made

const demand = { ...BATTERY_DEMAND, trlMin: 6, trlMax: null, budgetMinFen: null, budgetMaxFen: 50_000_000 }
const supplies = {
  fits: { trl: 7, priceMode: 'negotiable' },
  dear: { trl: 7, priceMode: 'fixed', priceMinFen: 60_000_000 },
  dearest: { trl: 7, priceMode: 'fixed', priceMinFen: 80_000_000 },
  young: { trl: 5, priceMode: 'negotiable' },
  licensed: { trl: 7, priceMode: 'negotiable', cooperationModes: ['exclusive_licence'] },
  youngAndDear: { trl: 5, priceMode: 'fixed', priceMinFen: 60_000_000 },
}
const made = {} as Record<keyof typeof supplies, Made>

beforeEach(async () => {
  market = given(api.deps)
  await market.market({ publishOnSubmit: true })
  university = await market.organisation({ kind: 'university' })
  for (const [name, fields] of Object.entries(supplies)) {
    const supply = { by: university, ...BATTERY_SUPPLY, ...fields }
    made[name as keyof typeof supplies] = await market.publishedSupply(supply)
  }
  wanted = await market.publishedDemand(demand)
  for (const one of [...Object.values(made), wanted])
    await matchListing(api.deps, { listingId: one.listing.id as Side })
})

const urlOf = ({ listing }: Made) =>
  `/v1/${listing.kind === 'demand' ? 'demands' : 'supplies'}/${listing.id}/near-misses`
const nameOf = (id: string) => Object.entries(made).find(([, { listing }]) => listing.id === id)?.[0]

type Answer = {
  data: {
    cost: number
    opens: number
    patch: Record<string, unknown>
    relaxations: { kind: string; zh: string; en: string }[]
    listings: { listing: { id: string }; score: number; lifts: string[] }[]
  }[]
  [other: string]: unknown
}
const ask = async (one: Made, query: Record<string, string> = {}): Promise<Answer> => {
  const answer = await api.as(one.owner).get(urlOf(one), { query })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}
const summaryOf = ({ data }: Answer) =>
  data.map(({ cost, patch, listings }) => [cost, patch, listings.map(({ listing }) => nameOf(listing.id)).sort()])

describe('GET /v1/demands/{id}/near-misses', () => {
  it('names the smallest sets of changes, the cheapest first, with what they open', async () => {
    expect(summaryOf(await ask(wanted))).toEqual([
      [25, { cooperationModes: ['ordinary_licence', 'exclusive_licence'] }, ['licensed']],
      [30, { trlMin: 5 }, ['young']],
      [30, { budgetMaxFen: 60_000_000 }, ['dear']],
      [55, { trlMin: 5, cooperationModes: ['ordinary_licence', 'exclusive_licence'] }, ['licensed', 'young']],
      [
        55,
        { budgetMaxFen: 60_000_000, cooperationModes: ['ordinary_licence', 'exclusive_licence'] },
        ['dear', 'licensed'],
      ],
      [60, { budgetMaxFen: 60_000_000, trlMin: 5 }, ['dear', 'young', 'youngAndDear']],
      [70, { budgetMaxFen: 80_000_000 }, ['dear', 'dearest']],
      [
        ...[95, { budgetMaxFen: 80_000_000, cooperationModes: ['ordinary_licence', 'exclusive_licence'] }],
        ['dear', 'dearest', 'licensed'],
      ],
    ])
  })

  it('counts who fits, who nearly does, and what stands in the way', async () => {
    const answer = await ask(wanted)
    expect(answer).toMatchObject({ isOpen: true, matches: 1, nearMisses: 5, outOfReach: 0 })
    expect(answer.gates).toEqual([
      { code: 'price_above_budget', nearMisses: 3 },
      { code: 'maturity_out_of_range', nearMisses: 2 },
      { code: 'cooperation_modes_disjoint', nearMisses: 1 },
    ])
    expect(answer.pairs).toHaveLength(5)
    expect(answer.data[2]).toMatchObject({
      relaxations: [
        {
          ...{ kind: 'raise_budget', field: 'budgetMaxFen', from: 50_000_000, to: 60_000_000, cost: 30 },
          zh: '预算上限由 50 万元提高到 60 万元（+20%）',
          en: 'Raise the budget from CNY 500,000 to CNY 600,000 (+20%)',
        },
      ],
      listings: [{ lifts: ['price_above_budget'], listing: { title: BATTERY_SUPPLY.title } }],
    })
  })

  it('keeps to the number of sets, of changes and of further matches asked for', async () => {
    expect((await ask(wanted, { limit: '2' })).data).toHaveLength(2)
    const single = await ask(wanted, { relaxations: '1', limit: '50' })
    expect(single.data.every(({ relaxations }) => relaxations.length === 1)).toBe(true)
    expect(summaryOf(await ask(wanted, { relaxations: '3', opens: '5' }))).toEqual([
      [
        125,
        { budgetMaxFen: 80_000_000, trlMin: 5, cooperationModes: ['ordinary_licence', 'exclusive_licence'] },
        ['dear', 'dearest', 'licensed', 'young', 'youngAndDear'],
      ],
    ])
  })

  it('gives patches that do open these matches', async () => {
    const set = (await ask(wanted)).data.find(({ opens }) => opens === 3)
    const deps = { ...api.deps, vault: testVault }
    await updateListing(deps, wanted.owner, {
      ...{ definition: demandKind, id: wanted.listing.id },
      patch: set?.patch ?? {},
    })
    await matchListing(api.deps, { listingId: wanted.listing.id as Side })
    const matched = await listMatchesOf(api.deps.db, wanted.listing.id as Side)
    const opened = set?.listings.map(({ listing }) => listing.id) ?? []
    expect(matched.map(({ supplyId }) => supplyId)).toEqual(expect.arrayContaining(opened))
    expect(matched).toHaveLength(4)
  })

  it('leaves out what a broker has decided, and what is closed', async () => {
    const before = await ask(wanted)
    const [match] = await listMatchesOf(api.deps.db, wanted.listing.id as Side)
    await api.deps.db.transaction((tx) => markMatchDecided(tx, match?.id ?? neverId, 'rejected', api.deps.clock.now()))
    expect(before.matches).toBe(1)
    expect(await ask(wanted)).toMatchObject({ matches: 0, nearMisses: 5 })
  })

  it('answers for a draft as if it were on the market', async () => {
    const draft = await market.draft(demandKind, { by: wanted.owner, ...demand })
    expect(await ask(draft)).toMatchObject({ isOpen: true, nearMisses: 5 })
  })

  it('writes nothing', async () => {
    const state = () =>
      api.rowsOf('select (select count(*) from matches) as m, (select count(*) from outbox_events) as e')
    const before = await state()
    await ask(wanted, { relaxations: '3' })
    expect(await state()).toEqual(before)
  })
})

const neverId = 'mat_01k9w3ynwzf5yr8t6x2m4q7c0e' as never

describe('GET /v1/supplies/{id}/near-misses', () => {
  it('names what the supply could change on its own side', async () => {
    expect((await ask(made.dear)).data).toMatchObject([
      { opens: 1, patch: { priceMinFen: 50_000_000 }, relaxations: [{ kind: 'lower_price' }] },
    ])
    expect((await ask(made.young)).data).toMatchObject([
      { patch: {}, relaxations: [{ kind: 'ripen', field: null, to: 6, zh: '成熟度由 5 级提高到 6 级' }] },
    ])
    const [only] = (await ask(made.licensed)).data
    expect(only).toMatchObject({ patch: { cooperationModes: ['exclusive_licence', 'ordinary_licence'] } })
    expect(only?.listings).toMatchObject([{ listing: { title: BATTERY_DEMAND.title } }])
  })

  it('has nothing to say when the match is there already', async () => {
    expect(await ask(made.fits)).toMatchObject({ matches: 1, nearMisses: 0, data: [], pairs: [] })
  })
})

describe.each([
  ['/v1/demands/{id}/near-misses', () => wanted],
  ['/v1/supplies/{id}/near-misses', () => made.dear],
])('who may read %s', (_, one) => {
  it('is the owner, and brokers and operators of the market and of those above it', async () => {
    for (const reader of [one().owner, await market.broker(), await market.operator()]) {
      expect((await api.as(reader).get(urlOf(one()))).statusCode).toBe(200)
    }
  })

  it('is nobody else: for others it does not exist', async () => {
    await market.market({ code: 'jiangsu' })
    await market.market({ code: 'ningbo-beilun', parentCode: 'ningbo' })
    const strangers = [
      one() === wanted ? university : wanted.owner,
      await market.organisation(),
      await market.operator('jiangsu'),
      await market.broker('ningbo-beilun'),
    ]
    for (const stranger of strangers) expectProblem(await api.as(stranger).get(urlOf(one())), 'NOT_FOUND')
    expectProblem(await api.anonymous().get(urlOf(one())), 'UNAUTHENTICATED')
  })

  it('names everything that is wrong with a request', async () => {
    const query = { limit: '0', relaxations: '4', opens: 'x', more: '1' }
    const problem = expectProblem(await api.as(one().owner).get(urlOf(one()), { query }), 'VALIDATION_FAILED')
    expect(problem.errors).toHaveLength(4)
    expectProblem(await api.as(one().owner).get(urlOf(one()).replace(/_[^/]+/, '_x')), 'VALIDATION_FAILED')
    const unknown = one() === wanted ? 'demands/dem_' : 'supplies/sup_'
    const url = `/v1/${unknown}01k9w3ynwzf5yr8t6x2m4q7c0b/near-misses`
    expectProblem(await api.as(one().owner).get(url), 'NOT_FOUND')
  })
})

describe('findNearMisses', () => {
  it('is closed to a listing that has left the market', async () => {
    await api.rowsOf(
      `update listings set state = 'closed', outcome = 'withdrawn', closed_at = now() where kind = 'demand'`,
    )
    const input = { id: wanted.listing.id as Side, limit: 10, relaxations: 2 }
    const found = await findNearMisses(api.deps, wanted.owner, input)
    expect(found).toMatchObject({ matches: 0, nearMisses: [], sets: [] })
    expect(await ask(wanted)).toMatchObject({ isOpen: false })
  })
})
