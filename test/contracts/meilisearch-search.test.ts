import { randomUUID } from 'node:crypto'
import { Meilisearch } from 'meilisearch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meilisearchSearchEngine } from '../../src/adapters/search/meilisearch.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { openApiCheck } from '../support/meilisearch/openapi.ts'
import { type MeilisearchServer, meilisearchServer } from '../support/meilisearch/server.ts'
import { searchEngineContract } from './search-engine.ts'

/** `npm run test:meili` runs the same suite on a real server, with indexes of its own that are deleted at the end. */
const realUrl = process.env.MEILI_URL
const key = process.env.MEILI_KEY
const indexUid = `test_${randomUUID().slice(0, 8)}`
const openApi = openApiCheck()
let imitation: MeilisearchServer | undefined

beforeAll(async () => {
  if (realUrl === undefined) imitation = await meilisearchServer(openApi?.check)
})
afterAll(async () => {
  await imitation?.close()
  if (realUrl === undefined) return
  const client = new Meilisearch({ host: realUrl, timeout: 10_000, ...(key === undefined ? {} : { apiKey: key }) })
  for (const name of ['', '_teaser', '_state']) await client.deleteIndex(`${indexUid}${name}`).waitTask()
})

const make = async () => {
  imitation?.indexes.clear()
  const engine = meilisearchSearchEngine({
    url: realUrl ?? imitation?.url ?? '',
    key,
    ...{ timeoutMs: 5_000, clock: systemClock, indexUid },
  })
  await engine.rebuild(async () => {})
  return engine
}

searchEngineContract(realUrl === undefined ? "an imitation of Meilisearch's server" : 'Meilisearch', make)

describe.skipIf(realUrl !== undefined)('requests to Meilisearch', () => {
  it.skipIf(openApi === undefined)('are as its published description says (MEILI_OPENAPI names the file)', () => {
    expect(imitation?.exchanges.length).toBeGreaterThan(100)
    expect([...new Set(openApi?.problems)]).toEqual([])
  })
})
