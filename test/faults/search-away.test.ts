import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { composeSearch } from '../../src/compose-search.ts'
import { readConfig } from '../../src/config.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { uuidToId } from '../../src/kernel/ids.ts'
import { checkIndex } from '../../src/modules/search/check-index.ts'
import { indexListings } from '../../src/modules/search/index-listing.ts'
import { buildMissingIndexes, repairIndexes } from '../../src/modules/search/keep-indexes.ts'
import { aQuery } from '../contracts/search-document.ts'
import { silentLog, useTestDatabase } from '../support/db.ts'
import { given } from '../support/given.ts'
import { type MeilisearchServer, meilisearchServer } from '../support/meilisearch/server.ts'
import { sized } from './size.ts'

const database = useTestDatabase()
const listings = sized({ short: 12, long: 400 })
let server: MeilisearchServer

beforeAll(async () => {
  server = await meilisearchServer()
})
afterAll(() => server.close())

it('FT-11: a search server that is away, or whose index is lost, is stood in for and brought back whole', async () => {
  const base = { db: database.db, clock: systemClock, log: silentLog }
  const config = readConfig({ MEILI_URL: server.url, MEILI_TIMEOUT_MS: '2000' })
  const { search, searchIndexes } = composeSearch(config, base)
  const deps = { ...base, search, searchIndexes }
  const made = given(base)
  await made.market({ publishOnSubmit: true })
  const by = await made.organisation({ kind: 'university' })
  const publish = async () => (await made.publishedSupply({ by })).listing.id
  const ids = []
  for (let n = 0; n < listings; n += 1) ids.push(await publish())
  await indexListings(deps, ids)
  await buildMissingIndexes(deps)
  const total = async () => {
    const { engine, degraded, estimatedTotal } = await search.search(aQuery())
    return { engine, degraded, estimatedTotal }
  }
  const differences = async () => {
    const found = await Promise.all(searchIndexes.map((index) => checkIndex({ ...base, index }, { repair: false })))
    return found.map(({ checked, missing, stale, orphans }) => ({ checked, missing, stale, orphans }))
  }
  /** Of the index as its server holds it, and of the listings in the database: how many, and a hash of their ids. */
  const sums = async () => {
    const { rows } = await database.pool.query<{ id: string }>("select id from listings where state = 'published'")
    const stored = rows.map(({ id }) => uuidToId('supply', id))
    // One more index of the server holds no listings, but how far the adapter has come.
    const held = [...server.indexes.values()]
      .map(({ rows }) => [...rows.values()].flatMap(({ row }) => (row.listingId ? [String(row.listingId)] : [])))
      .filter((ids) => ids.length > 0)
    return { stored: sumOf(stored), held: held.map(sumOf) }
  }
  const whole = (checked: number) => [1, 2].map(() => ({ checked, missing: 0, stale: 0, orphans: 0 }))
  await vi.waitFor(async () => expect(await total()).toMatchObject({ engine: 'meilisearch', degraded: false }))

  server.fault = 'down'
  expect(await total()).toEqual({ engine: 'postgres', degraded: true, estimatedTotal: listings })
  const late = await publish()
  await indexListings(deps, [late]).catch(() => undefined)
  server.fault = undefined
  await vi.waitFor(async () => expect((await total()).degraded).toBe(false), { timeout: 15_000, interval: 200 })
  await repairIndexes(deps)
  expect(await differences()).toEqual(whole(listings + 1))

  server.indexes.clear()
  expect(await total()).toEqual({ engine: 'postgres', degraded: true, estimatedTotal: listings + 1 })
  await buildMissingIndexes(deps)
  await vi.waitFor(async () => expect((await total()).degraded).toBe(false), { timeout: 15_000, interval: 200 })
  expect(await total()).toMatchObject({ engine: 'meilisearch', estimatedTotal: listings + 1 })
  expect(await differences()).toEqual(whole(listings + 1))
  const { stored, held } = await sums()
  expect(stored.count).toBe(listings + 1)
  expect(held).toEqual([stored, stored])
})

function sumOf(ids: readonly string[]): { count: number; sha256: string } {
  return {
    count: ids.length,
    sha256: createHash('sha256')
      .update([...ids].sort().join('\n'))
      .digest('hex'),
  }
}
