import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { SearchIndex } from '../../ports/search-index.ts'
import { postgresSearchEngine } from './postgres.ts'

/**
 * The index in PostgreSQL as reindexing sees it. It is rebuilt in place: each batch replaces its documents in one transaction,
 * whatever version is stored, so that a search sees the old or the new one and never none. It is always ready: an empty table
 * is filled by the checker.
 */
export function postgresSearchIndex({ db }: { db: Db }): SearchIndex {
  const engine = postgresSearchEngine({ db })
  return {
    ...engine,
    name: 'postgres',
    isReady: async () => true,
    isBeingRebuilt: async () => false,
    rebuild: (fill) =>
      fill({
        ...engine,
        upsert: (documents) =>
          withTx(db, async (tx) => {
            const inside = postgresSearchEngine({ db: tx })
            await inside.remove(documents.map(({ listingId }) => listingId))
            await inside.upsert(documents)
          }),
      }),
  }
}
