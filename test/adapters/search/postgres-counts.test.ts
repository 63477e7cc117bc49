import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { postgresSearchEngine } from '../../../src/adapters/search/postgres.ts'
import { isGuessUnsure, sampleCounts } from '../../../src/adapters/search/postgres-counts.ts'
import { readQueryText } from '../../../src/adapters/search/postgres-query-text.ts'
import { aDocument } from '../../contracts/search-document.ts'
import { useTestDatabase } from '../../support/db.ts'

const database = useTestDatabase()

beforeAll(async () => {
  const engine = postgresSearchEngine({ db: database.db })
  const titleOf = (number: number) => (number % 4 === 0 ? '压铸件气密性' : '电池材料')
  await engine.upsert(Array.from({ length: 400 }, (_, number) => aDocument({ title: titleOf(number) })))
  await database.pool.query('analyze search_documents')
})

describe('how many documents a search matches', () => {
  const conditions = [sql`rank_tsv @@ '压铸件'::tsquery`, sql`rank_tsv @@ '电池'::tsquery`, sql`false`]

  it('is told by a sample, for all conditions at once', async () => {
    expect(await sampleCounts(database.db, conditions, 400)).toEqual([100, 300, 0])
  })

  it('is told of the believed size, and the same each time', async () => {
    const [first = 0] = await sampleCounts(database.db, conditions, 4_000)
    expect(await sampleCounts(database.db, conditions, 4_000)).toContain(first)
    expect(first).toBeLessThanOrEqual(4_000)
  })

  it.each([
    ['压铸件', 100_000, false],
    ['压铸件', 1_000_000, true],
    ['量子引力望远镜', 1_000_000, false],
  ])('is not left to the planner for %s among %i: %s', async (q, documentCount, isUnsure) => {
    expect(await isGuessUnsure(database.db, readQueryText(q), documentCount)).toBe(isUnsure)
  })
})
