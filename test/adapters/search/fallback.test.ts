import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { searchWithFallback } from '../../../src/adapters/search/fallback.ts'
import { meilisearchSearchEngine } from '../../../src/adapters/search/meilisearch.ts'
import { postgresSearchEngine } from '../../../src/adapters/search/postgres.ts'
import type { SearchEngine } from '../../../src/ports/search-engine.ts'
import { aDocument, aQuery } from '../../contracts/search-document.ts'
import { type TestClock, testClock } from '../../support/clock.ts'
import { silentLog, useTestDatabase } from '../../support/db.ts'
import { type MeilisearchServer, meilisearchServer } from '../../support/meilisearch/server.ts'

const database = useTestDatabase()
let server: MeilisearchServer
let clock: TestClock
let search: SearchEngine
let warnings: string[]

beforeAll(async () => {
  server = await meilisearchServer()
})
afterAll(() => server.close())
beforeEach(async () => {
  await database.reset()
  server.indexes.clear()
  server.fault = undefined
  server.exchanges.length = 0
  clock = testClock()
  warnings = []
})

/** Both engines with three documents, reached through the fallback. */
async function onBoth() {
  const timeoutMs = 5_000
  const primary = meilisearchSearchEngine({ url: server.url, timeoutMs, clock })
  await primary.rebuild(async () => {})
  const secondary = postgresSearchEngine({ db: database.db })
  const log = { ...silentLog, warn: (_: object, message: string) => warnings.push(message) }
  search = searchWithFallback({ primary, secondary, timeoutMs, clock, log })
  const documents = [aDocument(), aDocument(), aDocument()]
  await search.upsert(documents)
  await search.search(aQuery())
  server.exchanges.length = 0
  return { documents, primary, secondary }
}

const answer = async (q = '压铸') => {
  const { engine, degraded, estimatedTotal } = await search.search(aQuery({ q }))
  return { engine, degraded, estimatedTotal }
}
const usual = { engine: 'meilisearch', degraded: false, estimatedTotal: 3 }
const degraded = { engine: 'postgres', degraded: true, estimatedTotal: 3 }
/** Enough for the circuit to open. */
const failThreeTimes = async () => {
  for (let count = 0; count < 3; count += 1) await answer()
}

describe('search with a fallback', () => {
  it('answers from Meilisearch, with both engines written', async () => {
    const { secondary } = await onBoth()
    expect(await answer()).toEqual(usual)
    expect((await secondary.search(aQuery())).estimatedTotal).toBe(3)
  })

  it.each(['down', 'error'] as const)('answers from PostgreSQL and says so when the server is %s', async (fault) => {
    await onBoth()
    server.fault = fault
    expect(await answer()).toEqual(degraded)
    expect(await search.suggest('高真', 5)).toEqual(['高真空压铸技术'])
  })

  it.each(['listings', 'listings_state'])('answers from PostgreSQL when %s is missing', async (uid) => {
    await onBoth()
    server.indexes.delete(uid)
    clock.advance('2m')
    expect(await answer()).toEqual(degraded)
  })

  it('answers from PostgreSQL instead of an empty index that somebody made', async () => {
    await onBoth()
    server.indexes.set('listings', { uid: 'listings', createdAt: '', settings: {}, rows: new Map() })
    expect(await answer()).toEqual(degraded)
  })

  it('waits no longer than the time limit for a server that is silent from the start', async () => {
    const { secondary } = await onBoth()
    server.fault = 'silent'
    const primary = meilisearchSearchEngine({ url: server.url, timeoutMs: 60, clock })
    search = searchWithFallback({ ...{ primary, secondary, clock, log: silentLog }, timeoutMs: 60 })
    const start = performance.now()
    expect(await answer()).toEqual(degraded)
    expect(await search.suggest('高真', 5)).toEqual(['高真空压铸技术'])
    // The client alone would give up after 10 s; a busy machine is allowed half of that.
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it('stops asking after three failures, says it once, and heals with one probe after the rest', async () => {
    await onBoth()
    server.fault = 'error'
    await failThreeTimes()
    server.fault = undefined
    server.exchanges.length = 0
    expect(await answer()).toEqual(degraded)
    expect(server.exchanges).toEqual([])
    clock.advance('5s')
    expect(await answer()).toEqual(usual)
    expect(await answer()).toEqual(usual)
    expect(warnings).toEqual(['the search server is out of reach'])
  })

  it('rests again when the probe fails', async () => {
    await onBoth()
    server.fault = 'error'
    await failThreeTimes()
    clock.advance('5s')
    server.exchanges.length = 0
    await failThreeTimes()
    expect(new Set(server.exchanges.map(({ path }) => path)).size).toBe(1)
  })
})

describe('pages of an answer', () => {
  it('stay with the engine that gave the first one', async () => {
    await onBoth()
    server.fault = 'error'
    const first = await search.search(aQuery({ limit: 2 }))
    server.fault = undefined
    const second = await search.search(aQuery({ limit: 2, after: first.next }))
    expect(second).toMatchObject({ engine: 'postgres', degraded: true })
    expect(new Set([...first.hits, ...second.hits].map(({ listingId }) => listingId)).size).toBe(3)
  })

  it('start again when that engine is gone, which is no failure of the other', async () => {
    await onBoth()
    const first = await search.search(aQuery({ limit: 2 }))
    server.fault = 'error'
    await expect(search.search(aQuery({ limit: 2, after: first.next }))).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    })
  })

  it('of nobody are refused without being held against the server', async () => {
    await onBoth()
    for (let count = 0; count < 5; count += 1) {
      await expect(search.search(aQuery({ after: ['other', '1'] }))).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
    }
    expect(await answer()).toEqual(usual)
  })
})

describe('writing', () => {
  it.each(['down', 'error', 'failing_tasks'] as const)(
    'reaches PostgreSQL and fails, so that the job tries again, when the server is %s',
    async (fault) => {
      const { secondary } = await onBoth()
      const document = aDocument()
      server.fault = fault
      await expect(search.upsert([document])).rejects.toThrow()
      expect((await secondary.search(aQuery())).estimatedTotal).toBe(4)
      await expect(search.remove([document.listingId])).rejects.toThrow()
      expect((await secondary.search(aQuery())).estimatedTotal).toBe(3)
      server.fault = undefined
      await search.upsert([document])
      expect(await answer()).toEqual({ ...usual, estimatedTotal: 4 })
    },
  )

  it('does not knock at a server that is given a rest', async () => {
    await onBoth()
    server.fault = 'error'
    await failThreeTimes()
    server.exchanges.length = 0
    await expect(search.upsert([aDocument()])).rejects.toThrow('given a rest')
    expect(server.exchanges).toEqual([])
  })
})
