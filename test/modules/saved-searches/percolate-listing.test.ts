import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Principal } from '../../../src/kernel/principal.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { createSavedSearch } from '../../../src/modules/saved-searches/create-saved-search.ts'
import { listSavedSearchHits } from '../../../src/modules/saved-searches/list-saved-search-hits.ts'
import { percolateListing } from '../../../src/modules/saved-searches/percolate-listing.ts'
import {
  candidateStatement,
  listCandidateIds,
  type SavedSearch,
} from '../../../src/modules/saved-searches/saved-search-repo.ts'
import { type CreateSavedSearch, createSavedSearchBody } from '../../../src/modules/saved-searches/schemas.ts'
import { tellDailyHits } from '../../../src/modules/saved-searches/tell-daily-hits.ts'
import { updateSavedSearch } from '../../../src/modules/saved-searches/update-saved-search.ts'
import type { Made } from '../../support/given.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()
let seeker: Principal

beforeEach(async () => {
  await harness.reset()
  seeker = await harness.given.organisation()
})

const saved = (query: CreateSavedSearch['query'], alerts: CreateSavedSearch['alerts'] = 'instant', by = seeker) =>
  createSavedSearch(harness.deps, by, { name: '我的搜索', query, alerts })
const percolate = ({ listing }: Made) => percolateListing(harness.deps, { listingId: listing.id })
const hitsOf = async ({ id }: SavedSearch) => {
  const { items } = await listSavedSearchHits(harness.deps, seeker, { id, page: { limit: 100 } })
  return items.map(({ listingId }) => listingId)
}
const rowsOf = async (statement: string) => (await harness.database.pool.query(statement)).rows
const alertsSent = () => rowsOf(`select data from outbox_events where type = 'saved_search.hits'`)
const inbox = () => rowsOf(`select user_id, params from notifications where kind = 'saved_search.hits' order by id`)

describe('percolateListing', () => {
  it('keeps a hit for every search that the listing fulfils, and for no other', async () => {
    const fitting = [
      await saved({ q: '钙钛矿 封装' }),
      await saved({ q: '"组件封装" -电池' }),
      await saved({ kind: ['supply'], market: 'ningbo' }),
      await saved({ q: '钙鈦礦' }),
      await saved({}),
    ]
    const others = [
      await saved({ q: '钙钛矿 涂布' }),
      await saved({ q: '钙钛矿 -封装' }),
      await saved({ q: '钙钛矿', kind: ['demand'] }),
    ]
    const made = await harness.given.publishedSupply({ title: '钙钛矿组件封装', keywords: ['光伏'] })
    await percolate(made)
    for (const search of fitting) expect(await hitsOf(search), JSON.stringify(search.query)).toEqual([made.listing.id])
    for (const search of others) expect(await hitsOf(search), JSON.stringify(search.query)).toEqual([])
  })

  it('covers the branches of a market, not the market above', async () => {
    await harness.given.market({ code: 'ningbo' })
    await harness.given.market({ code: 'ningbo-beilun', parentCode: 'ningbo' })
    const [above, branch] = [await saved({ market: 'ningbo' }), await saved({ market: 'ningbo-beilun' })]
    const inBranch = await harness.given.publishedSupply({ market: 'ningbo-beilun' })
    const inCity = await harness.given.publishedSupply()
    for (const made of [inBranch, inCity]) await percolate(made)
    expect(new Set(await hitsOf(above))).toEqual(new Set([inBranch.listing.id, inCity.listing.id]))
    expect(await hitsOf(branch)).toEqual([inBranch.listing.id])
  })

  it('keeps one hit and tells once, run twice and at the same time', async () => {
    const search = await saved({ q: '钙钛矿' })
    const made = await harness.given.publishedSupply({ title: '钙钛矿组件封装' })
    await percolate(made)
    await Promise.all([percolate(made), percolate(made)])
    expect(await hitsOf(search)).toHaveLength(1)
    expect(await alertsSent()).toEqual([
      { data: { savedSearchId: search.id, userId: seeker.userId, listingId: made.listing.id } },
    ])
  })

  it('passes over listings of the own organisation, drafts and red ones', async () => {
    const colleague = await harness.given.user(seeker, 'member')
    await saved({}, 'instant', colleague)
    await percolate(await harness.given.publishedDemand({ by: seeker }))
    await percolate(await harness.given.submitted((await harness.given.publishedSupply()).definition))
    const red = await harness.given.publishedSupply()
    await harness.database.pool.query(`update listings set trust_code = 'red'`)
    await percolate(red)
    expect(await rowsOf('select listing_id from saved_search_hits')).toEqual([])
  })

  it('tells 20 hits a day at once, keeps the others, and begins anew on the next day in China', async () => {
    const search = await saved({ q: '钙钛矿' })
    await harness.database.pool.query('alter table saved_search_hits disable trigger all')
    await harness.database.pool.query(
      `insert into saved_search_hits (saved_search_id, listing_id, alert, found_at)
       select id, gen_random_uuid(), 'instant', $1 from saved_searches, generate_series(1, 19)`,
      [harness.clock.now()],
    )
    const by = await harness.given.organisation({ kind: 'university' })
    const publish = () => harness.given.publishedSupply({ by, title: '钙钛矿组件封装' })
    for (const made of [await publish(), await publish()]) await percolate(made)
    expect(await alertsSent()).toHaveLength(1)
    expect(await hitsOf(search)).toHaveLength(2)
    harness.clock.advance('1d')
    await percolate(await publish())
    expect(await alertsSent()).toHaveLength(2)
    await harness.database.pool.query('alter table saved_search_hits enable trigger all')
  })

  it('leaves out a listing that left the market, in the list and in what is told', async () => {
    const search = await saved({ q: '钙钛矿' })
    const made = await harness.given.publishedSupply({ title: '钙钛矿组件封装' })
    await percolate(made)
    const { owner, definition, listing } = made
    await closeListing(harness.deps, owner, { definition, id: listing.id, outcome: 'contracted' })
    expect(await hitsOf(search)).toEqual([])
    await harness.drain()
    expect(await inbox()).toEqual([])
  })
})

describe('alerts', () => {
  it('reach the inbox of the user by the jobs of the product, with the public title alone', async () => {
    await saved({ q: '钙钛矿' })
    await harness.given.publishedSupply({ title: '钙钛矿组件封装', confidentialDetail: '底价两百万' })
    await harness.drain()
    const [told, ...more] = await inbox()
    expect(told.params).toMatchObject({ searchName: '我的搜索', hitCount: 1, hitTitles: '“钙钛矿组件封装”' })
    expect([more, JSON.stringify(told).includes('底价')]).toEqual([[], false])
  })

  it('of a daily search are one a day, with the count and the first titles', async () => {
    await saved({ q: '钙钛矿' }, 'daily')
    const by = await harness.given.organisation({ kind: 'university' })
    const publish = (title: string) => harness.given.publishedSupply({ by, title })
    for (const title of ['钙钛矿一号', '钙钛矿二号', '钙钛矿三号', '钙钛矿四号']) await percolate(await publish(title))
    expect(await alertsSent()).toEqual([])
    await tellDailyHits(harness.deps)
    await percolate(await publish('钙钛矿五号'))
    await tellDailyHits(harness.deps)
    await harness.drain()
    const [today, ...more] = await inbox()
    expect([today.params.hitCount, more]).toEqual([4, []])
    expect(today.params.hitTitles.split('、')).toHaveLength(3)
    harness.clock.advance('1d')
    await tellDailyHits(harness.deps)
    await harness.drain()
    expect((await inbox()).map(({ params }) => params.hitCount)).toEqual([4, 1])
  })

  it('that are off are never told, and neither is what waited before', async () => {
    const search = await saved({ q: '钙钛矿' }, 'daily')
    await percolate(await harness.given.publishedSupply({ title: '钙钛矿一号' }))
    await updateSavedSearch(harness.deps, seeker, { id: search.id, version: 1, change: { alerts: 'off' } })
    await percolate(await harness.given.publishedSupply({ title: '钙钛矿二号' }))
    await updateSavedSearch(harness.deps, seeker, { id: search.id, version: 2, change: { alerts: 'daily' } })
    await tellDailyHits(harness.deps)
    expect(await hitsOf(search)).toHaveLength(2)
    expect(await rowsOf(`select 1 from outbox_events where type like 'saved_search.%'`)).toEqual([])
  })
})

describe('the lookup', () => {
  it('reads the index of keys among 20,000 saved searches, for a listing of 3,000 words', async () => {
    await saved(createSavedSearchBody.parse({ name: 'x', query: { q: '钙钛矿' } }).query)
    await harness.database.pool.query(
      `insert into saved_searches (id, user_id, org_id, name, query, words, key, alerts, created_at, updated_at)
       select gen_random_uuid(), user_id, org_id, name, query, words, 'word:' || n, alerts, created_at, updated_at
       from saved_searches, generate_series(1, 20000) n`,
    )
    await harness.database.pool.query('vacuum analyze saved_searches')
    const keys = Array.from({ length: 3_000 }, (_, index) => `word:x${index}`)
    const explained = sql`explain (analyze, format json) ${candidateStatement(['word:7', ...keys])}`
    const { rows } = await harness.deps.db.execute(explained)
    const used = ['saved_searches__key', 'Seq Scan'].filter((part) => JSON.stringify(rows).includes(part))
    expect(used).toEqual(['saved_searches__key'])
    expect(await listCandidateIds(harness.deps.db, ['word:7', ...keys])).toHaveLength(1)
  })
})
