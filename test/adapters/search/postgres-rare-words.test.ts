import { beforeAll, describe, expect, it } from 'vitest'
import { postgresSearchEngine } from '../../../src/adapters/search/postgres.ts'
import { rarestWords } from '../../../src/adapters/search/postgres-rare-words.ts'
import { aDocument } from '../../contracts/search-document.ts'
import { useTestDatabase } from '../../support/db.ts'

const database = useTestDatabase()
const rarest = async (wanted: string[], documentCount: number) =>
  (await rarestWords(database.db, wanted, documentCount)).map(({ word }) => word)

describe('the rarest words of a query', () => {
  beforeAll(async () => {
    const engine = postgresSearchEngine({ db: database.db })
    await engine.upsert(Array.from({ length: 40 }, (_, index) => aDocument({ title: index % 4 ? '压铸' : '压铸焊接' })))
    await database.pool.query('analyze search_documents')
  })

  it('come first, known by the statistics of the database', async () => {
    expect(await rarest(['压铸', '焊接', '石墨烯'], 40)).toEqual(['石墨烯', '焊接', '压铸'])
  })

  it('are as many as the budget of documents allows, at least one', async () => {
    expect(await rarest(['压铸', '焊接'], 36_000)).toEqual(['焊接'])
    expect(await rarest(['压铸'], 1_000_000)).toEqual(['压铸'])
  })
})
