import { describe, expect, it } from 'vitest'
import type { Id } from '../../../src/kernel/ids.ts'
import { demandKind } from '../../../src/modules/demands/index.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { publishListing, submitListing } from '../../../src/modules/listings/index.ts'
import { returnListing } from '../../../src/modules/listings/return-listing.ts'
import { claimItems } from '../../../src/modules/review/claim-items.ts'
import { openItems } from '../../../src/modules/review/open-items.ts'
import { withdrawItems } from '../../../src/modules/review/withdraw-items.ts'
import { withdrawOvertakenItems } from '../../../src/modules/review/withdraw-overtaken-items.ts'
import { givenDemands, givenItems, givenMatches, givenScene, givenSupplies } from './given-items.ts'
import { useReviewApi } from './review-api.ts'

const api = useReviewApi()
const open = (matchIds: Id<'match'>[]) => openItems(api.deps, { matchIds })
const scoresOf = async (state: string) =>
  (await api.rowsOf('select score from review_items where state = $1 order by score', state)).map(({ score }) => score)

async function givenPairs(rules: Parameters<typeof givenScene>[1], supplies: number) {
  const scene = await givenScene(api, rules)
  const [demand] = await givenDemands(scene, 1)
  if (!demand) throw new Error('a demand expected')
  return { scene, demand, supplies: await givenSupplies(scene, supplies) }
}

describe('opening items', () => {
  it('takes matches from the threshold of the market upwards and announces them', async () => {
    const { demand, supplies } = await givenPairs({ matchThreshold: 0.6 }, 3)
    const scores = [0.599, 0.6, 0.9]
    const pairs = supplies.map((supply, index) => ({ demand, supply, score: scores[index] ?? 0 }))
    const matchIds = await givenMatches(api, pairs)
    await open(matchIds)
    expect(await scoresOf('open')).toEqual([0.6, 0.9])
    const announced = await api.eventsOf('review_item.opened')
    expect(announced).toHaveLength(2)
    expect(announced[0]).toMatchObject({ data: { demandId: demand.id, market: 'ningbo' } })
  })

  it('changes nothing when it runs again', async () => {
    const { demand, supplies } = await givenPairs({}, 2)
    const matchIds = await givenMatches(
      api,
      supplies.map((supply) => ({ demand, supply })),
    )
    await open(matchIds)
    const before = await api.rowsOf('select * from review_items order by id')
    api.clock.advance('1m')
    await open(matchIds)
    expect(await api.rowsOf('select * from review_items order by id')).toEqual(before)
    expect(await api.eventsOf('review_item.opened')).toHaveLength(2)
  })

  it('keeps to the limit of a listing with its best matches, also when batches come together', async () => {
    const { demand, supplies } = await givenPairs({ maxMatchesPerListing: 3 }, 8)
    const matchIds = await givenMatches(
      api,
      supplies.map((supply, index) => ({ demand, supply, score: 0.5 + index / 64 })),
    )
    await open(matchIds)
    expect(await scoresOf('open')).toEqual([5, 6, 7].map((index) => 0.5 + index / 64))
    await api.rowsOf('delete from review_items')
    await Promise.all(matchIds.map((id) => open([id])))
    expect(await scoresOf('open')).toHaveLength(3)
  })

  it('keeps to the limits of a day, whatever became of its items, and begins anew on the next day in China', async () => {
    const { demand, supplies } = await givenPairs({ maxMatchesPerListingDay: 2 }, 6)
    const matchIds = await givenMatches(
      api,
      supplies.map((supply, index) => ({ demand, supply, score: 0.5 + index / 64 })),
    )
    await open(matchIds.slice(0, 3))
    await api.rowsOf(`update review_items set state = 'withdrawn'`)
    await open(matchIds.slice(3))
    expect(await scoresOf('open')).toEqual([])
    api.clock.advance('1d')
    await open(matchIds.slice(3))
    expect(await scoresOf('open')).toEqual([4, 5].map((index) => 0.5 + index / 64))
  })

  it('spreads what an organisation and the brokers of a market may get over the listings', async () => {
    const { scene, demand, supplies } = await givenPairs({ maxMatchesPerOrganisationDay: 3 }, 2)
    const [other] = await givenDemands(scene, 1)
    const [one, two] = supplies
    if (!other || !one || !two) throw new Error('two demands and supplies expected')
    const pairs = [
      { demand, supply: one, score: 0.9 },
      { demand, supply: two, score: 0.89 },
      { demand: other, supply: one, score: 0.6 },
      { demand: other, supply: two, score: 0.7 },
    ]
    await open(await givenMatches(api, pairs))
    expect(await scoresOf('open')).toEqual([0.7, 0.89, 0.9])
    await scene.now.market({ maxMatchesPerListing: 1_000, maxOpenItemsPerBrokerDay: 3, publishOnSubmit: true })
    const [third] = await givenDemands(scene, 1)
    if (!third) throw new Error('a demand expected')
    await open(await givenMatches(api, [{ demand: third, supply: one, score: 0.99 }]))
    expect(await scoresOf('open')).toHaveLength(3)
  })

  it('gives an undecided item the better score of its match, unless somebody holds it', async () => {
    const { scene, demand, supplies } = await givenPairs({}, 1)
    const [supply] = supplies
    if (!supply) throw new Error('a supply expected')
    const repropose = async (score: number) => open(await givenMatches(api, [{ demand, supply, score }]))
    await repropose(0.6)
    await repropose(0.7)
    expect(await scoresOf('open')).toEqual([0.7])
    await repropose(0.65)
    expect(await scoresOf('open')).toEqual([0.7])
    await claimItems(api.deps, scene.broker, { limit: 1 })
    await repropose(0.8)
    expect(await scoresOf('open')).toEqual([0.7])
    expect(await api.rowsOf(`select snapshot->>'score' as score from review_items`)).toEqual([{ score: '0.7' }])
    expect(await api.eventsOf('review_item.opened')).toHaveLength(1)
  })

  it('opens nothing for a listing that has left the market meanwhile', async () => {
    const { scene, demand, supplies } = await givenPairs({}, 1)
    const matchIds = await givenMatches(
      api,
      supplies.map((supply) => ({ demand, supply })),
    )
    await closeListing(api.deps, scene.enterprise, { definition: demandKind, id: demand.id, outcome: 'contracted' })
    await open(matchIds)
    expect(await api.rowsOf('select id from review_items')).toEqual([])
  })
})

describe('withdrawing items', () => {
  it('takes open, snoozed and leased items of a closed listing out of the queue, not decided ones', async () => {
    const { scene, demand, supplies } = await givenPairs({}, 4)
    await open(
      await givenMatches(
        api,
        supplies.map((supply) => ({ demand, supply })),
      ),
    )
    await claimItems(api.deps, scene.broker, { limit: 2 })
    await api.rowsOf(
      `with one as (select id from review_items where lease_token is null order by id limit 1)
       update review_items set state = 'snoozed', snoozed_until = clock_timestamp() where id in (select id from one)`,
    )
    await api.rowsOf(
      `with one as (select id from review_items where lease_token is not null order by id limit 1)
       update review_items set state = 'decided', decision = 'approve', decided_by = lease_owner,
         decided_at = clock_timestamp(), lease_owner = null, lease_until = null, lease_token = null
       where id in (select id from one)`,
    )
    await closeListing(api.deps, scene.enterprise, { definition: demandKind, id: demand.id, outcome: 'contracted' })
    await withdrawItems(api.deps, { listingId: demand.id as Id<'demand'> })
    expect(await api.rowsOf('select state, count(*)::int from review_items group by state order by state')).toEqual([
      { state: 'decided', count: 1 },
      { state: 'withdrawn', count: 3 },
    ])
    expect(await api.rowsOf('select id from review_items where lease_token is not null')).toEqual([])
  })

  it('leaves a listing alone that is on the market again', async () => {
    const scene = await givenScene(api)
    await givenItems(api, scene)
    const [row] = await api.rowsOf(
      `select data->>'demandId' as id from outbox_events where type = 'review_item.opened'`,
    )
    await withdrawItems(api.deps, { listingId: row?.id as Id<'demand'> })
    expect(await scoresOf('open')).toHaveLength(1)
  })

  it('is undone when the listing comes back and its match is proposed again', async () => {
    const { scene, demand, supplies } = await givenPairs({}, 1)
    const matchIds = await givenMatches(
      api,
      supplies.map((supply) => ({ demand, supply })),
    )
    await open(matchIds)
    const ref = { definition: demandKind, id: demand.id }
    await returnListing(api.deps, scene.operator, { ...ref, reasons: ['incomplete_text'] })
    await withdrawItems(api.deps, { listingId: demand.id as Id<'demand'> })
    expect(await scoresOf('withdrawn')).toHaveLength(1)
    const { state } = await submitListing(api.deps, scene.enterprise, ref)
    if (state === 'submitted') await publishListing(api.deps, scene.operator, ref)
    await open(matchIds)
    expect(await scoresOf('open')).toHaveLength(1)
    expect(await api.eventsOf('review_item.opened')).toHaveLength(2)
  })

  it('takes items of overtaken matches, and only those', async () => {
    const scene = await givenScene(api)
    const matchIds = await givenItems(api, scene, { supplies: 2 })
    await withdrawOvertakenItems(api.deps, { matchIds })
    expect(await scoresOf('open')).toHaveLength(2)
    await api.rowsOf(`update matches set state = 'stale'`)
    await withdrawOvertakenItems(api.deps, { matchIds: matchIds.slice(0, 1) })
    expect(await scoresOf('open')).toHaveLength(1)
  })
})
