import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { composeSearch } from '../src/compose-search.ts'
import { readConfig } from '../src/config.ts'
import { aDocument, aQuery } from './contracts/search-document.ts'
import { testClock } from './support/clock.ts'
import { silentLog, useTestDatabase } from './support/db.ts'
import { type MeilisearchServer, meilisearchServer } from './support/meilisearch/server.ts'

const database = useTestDatabase()
let server: MeilisearchServer

beforeAll(async () => {
  server = await meilisearchServer()
})
afterAll(() => server.close())

const composed = (environment: Record<string, string>) =>
  composeSearch(readConfig(environment), { db: database.db, clock: testClock(), log: silentLog })

describe('composeSearch', () => {
  it('searches in PostgreSQL without further servers', async () => {
    const { search, searchIndexes } = composed({})
    expect(searchIndexes.map(({ name }) => name)).toEqual(['postgres'])
    expect(await search.search(aQuery())).toMatchObject({ engine: 'postgres', degraded: false })
  })

  it('searches on Meilisearch when there is one, and says so when PostgreSQL stands in', async () => {
    const { search, searchIndexes } = composed({ MEILI_URL: server.url, MEILI_TIMEOUT_MS: '5000' })
    expect(searchIndexes.map(({ name }) => name)).toEqual(['postgres', 'meilisearch'])
    await search.upsert([aDocument()])
    expect(await search.search(aQuery())).toMatchObject({ engine: 'postgres', degraded: true, estimatedTotal: 1 })
    const meilisearch = searchIndexes.find(({ name }) => name === 'meilisearch')
    await meilisearch?.rebuild((target) => target.upsert([aDocument()]))
    const { search: later } = composed({ MEILI_URL: server.url, MEILI_TIMEOUT_MS: '5000' })
    expect(await later.search(aQuery())).toMatchObject({ engine: 'meilisearch', degraded: false, estimatedTotal: 1 })
  })
})
