import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { meilisearchSearchEngine } from '../../../src/adapters/search/meilisearch.ts'
import { postgresSearchIndex } from '../../../src/adapters/search/postgres-index.ts'
import { idToUuid, newId } from '../../../src/kernel/ids.ts'
import { closeListing } from '../../../src/modules/listings/close-listing.ts'
import { checkIndex } from '../../../src/modules/search/check-index.ts'
import { buildMissingIndexesJob, repairIndexesJob, searchSchedules } from '../../../src/modules/search/jobs.ts'
import { rebuildIndex } from '../../../src/modules/search/reindex.ts'
import type { SearchIndex } from '../../../src/ports/search-index.ts'
import { aDocument } from '../../contracts/search-document.ts'
import { testClock } from '../../support/clock.ts'
import { silentLog, useTestDatabase } from '../../support/db.ts'
import { type Given, given } from '../../support/given.ts'
import { type MeilisearchServer, meilisearchServer } from '../../support/meilisearch/server.ts'

const database = useTestDatabase()
const clock = testClock()
let server: MeilisearchServer
let market: Given

beforeAll(async () => {
  server = await meilisearchServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  await database.reset()
  server.indexes.clear()
  market = given({ db: database.db, clock })
})

const makers = {
  postgres: () => postgresSearchIndex({ db: database.db }),
  meilisearch: () => meilisearchSearchEngine({ url: server.url, timeoutMs: 5_000, clock }),
}
const deps = (index: SearchIndex) => ({ db: database.db, clock, index })
const check = (index: SearchIndex, repair = false) => checkIndex(deps(index), { repair })
const versions = async (index: SearchIndex) =>
  Object.fromEntries((await index.listVersions({ limit: 100 })).map(({ listingId, version }) => [listingId, version]))
const right = { missing: 0, stale: 0, orphans: 0, examples: [], repaired: 0 }

describe.each(['postgres', 'meilisearch'] as const)('the index in %s', (name) => {
  let index: SearchIndex

  beforeEach(async () => {
    index = makers[name]()
    await index.rebuild(async () => {})
  })

  it('is right after a rebuild, and the check says so', async () => {
    const { listing: supply } = await market.publishedSupply()
    const { listing: demand } = await market.publishedDemand()
    const seen: number[] = []
    const figures = await rebuildIndex(deps(index), (count) => seen.push(count))
    expect(figures).toEqual({ written: 2, checked: 2, ...right })
    expect(seen).toEqual([2])
    expect(await versions(index)).toEqual({ [supply.id]: supply.version, [demand.id]: demand.version })
  })

  it('shows what is missing, stale, ahead and orphaned, and changes nothing unless asked', async () => {
    const made = [await market.publishedSupply(), await market.publishedDemand(), await market.publishedSupply()]
    const [missing, stale, ahead] = made.map(({ listing }) => listing)
    await rebuildIndex(deps(index))
    await index.remove([missing?.id ?? ''])
    await database.pool.query('update listings set version = version + 1 where id = $1', [idToUuid(stale?.id ?? '')])
    await index.upsert([aDocument({ listingId: ahead?.id ?? '', version: 99 })])
    const orphan = aDocument()
    await index.upsert([orphan])
    const differs = { checked: 4, missing: 1, stale: 2, orphans: 1 }
    const found = await check(index)
    expect(found).toMatchObject({ ...differs, repaired: 0 })
    expect(found.examples).toContain(`orphans ${orphan.listingId}`)
    expect(await check(index)).toMatchObject(differs)
    expect(await check(index, true)).toMatchObject({ ...differs, repaired: 4 })
    expect(await check(index)).toEqual({ checked: 3, ...right })
    expect(Object.keys(await versions(index)).sort()).toEqual(made.map(({ listing }) => listing.id).sort())
  })

  it('has neither closed nor red listings after a repair', async () => {
    const closed = await market.publishedSupply()
    const red = await market.publishedDemand()
    await rebuildIndex(deps(index))
    const ref = { definition: closed.definition, id: closed.listing.id }
    await closeListing({ db: database.db, clock }, closed.owner, { ...ref, outcome: 'contracted' })
    await database.pool.query(`update listings set trust_code = 'red' where id = $1`, [idToUuid(red.listing.id)])
    expect(await check(index, true)).toMatchObject({ missing: 0, orphans: 2, repaired: 2 })
    expect(await versions(index)).toEqual({})
  })

  it('has what was published while it was rebuilt, and not what was closed', async () => {
    const { owner, definition, listing } = await market.publishedSupply()
    let late = ''
    const interrupted: SearchIndex = {
      ...index,
      rebuild: async (fill) => {
        await index.rebuild(fill)
        late = (await market.publishedDemand()).listing.id
        await closeListing({ db: database.db, clock }, owner, { definition, id: listing.id, outcome: 'contracted' })
      },
    }
    expect(await rebuildIndex(deps(interrupted))).toMatchObject({ missing: 1, orphans: 1, repaired: 2 })
    expect(Object.keys(await versions(index))).toEqual([late])
  })

  it('loses orphans by a rebuild', async () => {
    await index.upsert([aDocument({ listingId: newId('demand'), kind: 'demand' })])
    await rebuildIndex(deps(index))
    expect(await versions(index)).toEqual({})
  })
})

describe('the scheduled jobs', () => {
  const jobDeps = () => ({
    db: database.db,
    clock,
    log: silentLog,
    searchIndexes: [makers.postgres(), makers.meilisearch()],
  })

  it('build an index that is missing and leave the others alone', async () => {
    const { listing } = await market.publishedSupply()
    await buildMissingIndexesJob.execute(jobDeps(), {})
    expect(await versions(makers.meilisearch())).toEqual({ [listing.id]: listing.version })
    expect(await versions(makers.postgres())).toEqual({})
    const count = server.exchanges.length
    await buildMissingIndexesJob.execute(jobDeps(), {})
    expect(server.exchanges.slice(count).every(({ method }) => method === 'GET')).toBe(true)
  })

  it('repair what is there, and do not fail at what is not', async () => {
    const { listing } = await market.publishedSupply()
    await repairIndexesJob.execute(jobDeps(), {})
    expect(await versions(makers.postgres())).toEqual({ [listing.id]: listing.version })
    expect(server.indexes.size).toBe(0)
  })

  it('start by themselves, a missing index within five minutes', () => {
    const [build, repair] = searchSchedules
    expect(build?.everyMs).toBeLessThanOrEqual(300_000)
    expect(repair?.request.name).toBe('search.repair-indexes')
  })
})
