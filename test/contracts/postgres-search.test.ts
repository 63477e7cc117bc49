import { describe, expect, it } from 'vitest'
import { postgresSearchEngine } from '../../src/adapters/search/postgres.ts'
import { useTestDatabase } from '../support/db.ts'
import { aDocument, aQuery } from './search-document.ts'
import { searchEngineContract } from './search-engine.ts'

const database = useTestDatabase()
const make = async () => {
  await database.reset()
  return postgresSearchEngine({ db: database.db })
}

searchEngineContract('PostgreSQL', make)

describe('postgresSearchEngine', () => {
  it('ranks the newest of very frequent words, counts them by estimate and pages through what it ranked', async () => {
    const engine = await make()
    const count = 8_000
    const start = Date.parse('2026-01-01T00:00:00Z')
    await engine.upsert(
      Array.from({ length: count }, (_, index) => aDocument({ publishedAt: new Date(start + index * 60_000) })),
    )
    await database.pool.query('analyze search_documents')
    const newest = aDocument({ publishedAt: new Date(start + count * 60_000) })
    await engine.upsert([newest])
    const seen = new Set<string>()
    let query = aQuery({ q: '压铸', limit: 100 })
    for (let page = 0; page < 100; page += 1) {
      const { hits, next, estimatedTotal } = await engine.search(query)
      if (page === 0) expect(hits[0]?.listingId).toBe(newest.listingId)
      expect(estimatedTotal).toBeGreaterThan(count * 0.9)
      for (const { listingId } of hits) seen.add(listingId)
      if (next === undefined) break
      query = { ...query, after: next }
    }
    expect(seen.size).toBe(700)
  }, 60_000)

  it('leaves the settings of the connection as they were', async () => {
    const engine = await make()
    await engine.search(aQuery({ q: '压铸' }))
    const { rows } = await database.pool.query('show enable_seqscan')
    expect(rows).toEqual([{ enable_seqscan: 'on' }])
  })
})
