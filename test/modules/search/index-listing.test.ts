import { beforeEach, describe, expect, it } from 'vitest'
import { postgresSearchEngine } from '../../../src/adapters/search/postgres.ts'
import { idToUuid, newId } from '../../../src/kernel/ids.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { listingPublished, listingUpdated } from '../../../src/modules/listings/index.ts'
import { returnListing } from '../../../src/modules/listings/return-listing.ts'
import { updateListing } from '../../../src/modules/listings/update-listing.ts'
import { indexListing } from '../../../src/modules/search/index-listing.ts'
import { indexListingJob, searchSubscriptions } from '../../../src/modules/search/jobs.ts'
import { reindexAll } from '../../../src/modules/search/reindex.ts'
import type { SearchEngine } from '../../../src/ports/search-engine.ts'
import { aQuery } from '../../contracts/search-document.ts'
import { testClock } from '../../support/clock.ts'
import { useTestDatabase } from '../../support/db.ts'
import { type Given, given, type Made } from '../../support/given.ts'
import { testVault } from '../../support/vault.ts'

const database = useTestDatabase()
const clock = testClock()
let search: SearchEngine
let market: Given

beforeEach(async () => {
  await database.reset()
  search = postgresSearchEngine({ db: database.db })
  market = given({ db: database.db, clock })
})

const deps = () => ({ db: database.db, clock, search })
const index = (listingId: Made['listing']['id']) => indexListing(deps(), { listingId })
const find = async (q: string) => (await search.search(aQuery({ q }))).hits.map(({ listingId }) => listingId)

describe('indexListing', () => {
  it('makes a published listing of each kind searchable, with its owner', async () => {
    const owner = await market.organisation({ kind: 'university', name: '甬江实验室' })
    const supply = await market.publishedSupply({ by: owner, title: '钙钛矿组件封装' })
    const demand = await market.publishedDemand({ title: '钙钛矿涂布需求' })
    const product = await market.publishedFinanceProduct({ title: '钙钛矿专项贷款' })
    for (const { listing } of [supply, demand, product]) await index(listing.id)
    expect(new Set(await find('钙钛矿'))).toEqual(new Set([supply, demand, product].map(({ listing }) => listing.id)))
    expect(await find('甬江实验室')).toEqual([supply.listing.id])
  })

  it('never writes confidential text', async () => {
    const { listing } = await market.publishedSupply({ confidentialDetail: '底价两百万', contact: { name: '欧阳工' } })
    await index(listing.id)
    expect(await find('底价')).toEqual([])
    const { rows } = await database.pool.query<{ text: string }>(
      'select search_documents::text as text from search_documents',
    )
    expect(rows[0]?.text).toContain(listing.content.title)
    expect(rows[0]?.text).not.toMatch(/底价|欧阳/)
  })

  it('follows an update, and leaves the newest version when it runs late or twice', async () => {
    const { owner, definition, listing } = await market.publishedSupply({ title: '钙钛矿组件封装' })
    await index(listing.id)
    await updateListing({ ...deps(), vault: testVault }, owner, {
      definition,
      id: listing.id,
      patch: { title: '海水淡化膜组件' },
    })
    await index(listing.id)
    await index(listing.id)
    expect(await find('淡化')).toEqual([listing.id])
    expect(await find('钙钛矿')).toEqual([])
  })

  it.each(['returned', 'closed', 'red'] as const)('removes a listing that was %s', async (end) => {
    const { owner, definition, listing } = await market.publishedSupply({ title: '钙钛矿组件封装' })
    await index(listing.id)
    const ref = { definition, id: listing.id }
    if (end === 'closed') await closeListing(deps(), owner, { ...ref, outcome: 'contracted' })
    else if (end === 'returned')
      await returnListing(deps(), await market.operator(), { ...ref, reasons: ['incomplete_text'] })
    else await database.pool.query(`update listings set trust_code = 'red'`)
    await index(listing.id)
    expect(await find('钙钛矿')).toEqual([])
  })

  it('does not mind a listing that never was', async () => {
    await expect(index(newId('supply'))).resolves.toBeUndefined()
  })

  it('removes what was closed while it wrote, though a faster run had already looked', async () => {
    const { owner, definition, listing } = await market.publishedSupply({ title: '钙钛矿组件封装' })
    let isFirst = true
    const slow: SearchEngine = {
      ...search,
      upsert: async (documents) => {
        if (isFirst) {
          isFirst = false
          await closeListing(deps(), owner, { definition, id: listing.id, outcome: 'contracted' })
          await index(listing.id)
        }
        await search.upsert(documents)
      },
    }
    await indexListing({ ...deps(), search: slow }, { listingId: listing.id })
    expect(await find('钙钛矿')).toEqual([])
  })
})

describe('the subscriptions', () => {
  it('ask for one waiting run a listing, on the search queue', () => {
    const fact = { listingId: newId('supply'), kind: 'supply', market: 'ningbo' }
    const requests = searchSubscriptions
      .filter(({ eventType }) => [listingPublished.type, listingUpdated.type].includes(eventType as never))
      .flatMap((subscription) => subscription.react(fact))
    const request = { name: 'search.index-listing', queue: 'search', payload: { listingId: fact.listingId } }
    expect(requests).toHaveLength(2)
    for (const each of requests) expect(each).toMatchObject({ ...request, coalesce: fact.listingId })
  })

  it('hear of everything that puts a listing on the market or takes it off', () => {
    expect(searchSubscriptions.map(({ eventType }) => eventType).sort()).toEqual([
      ...['listing.closed', 'listing.published', 'listing.returned', 'listing.updated'],
      ...['organisation.qualifications_changed', 'organisation.renamed'],
    ])
  })

  it('run through the job by the payload alone', async () => {
    const { listing } = await market.publishedSupply({ title: '钙钛矿组件封装' })
    expect(await indexListingJob.execute(deps(), { listingId: listing.id })).toEqual({ status: 'done' })
    expect(await find('钙钛矿')).toEqual([listing.id])
    expect(await indexListingJob.execute(deps(), { listingId: 'org_1' })).toMatchObject({ status: 'cancel' })
  })
})

describe('reindexAll', () => {
  it('writes every published listing, and only those', async () => {
    const owner = await market.organisation({ kind: 'university' })
    const made = [await market.publishedSupply({ by: owner }), await market.publishedDemand()]
    await market.publishedSupply({ by: owner })
    await database.pool.query(`update listings set trust_code = 'red' where id = $1`, [
      idToUuid(made[0]?.listing.id ?? ''),
    ])
    expect(await reindexAll(deps())).toBe(3)
    expect((await search.search(aQuery())).estimatedTotal).toBe(2)
    expect(await reindexAll(deps())).toBe(3)
    expect((await search.search(aQuery())).estimatedTotal).toBe(2)
  })

  it('pages through more than one batch', async () => {
    const { listing } = await market.publishedSupply()
    await database.pool.query(
      `insert into listings select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'external_id', null))).*
       from listings l, generate_series(1, 450) where l.id = $1`,
      [idToUuid(listing.id)],
    )
    expect(await reindexAll(deps())).toBe(451)
    expect((await search.search(aQuery())).estimatedTotal).toBe(451)
  })
})
