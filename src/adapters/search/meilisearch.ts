import { AppError } from '../../kernel/errors.ts'
import type { SearchEngine } from '../../ports/search-engine.ts'
import type { SearchIndex } from '../../ports/search-index.ts'
import { type Connection, connectMeilisearch, type MeilisearchOptions } from './meilisearch-connection.ts'
import { isBeingRebuilt, rebuildIndexes } from './meilisearch-rebuild.ts'
import { searchDocuments } from './meilisearch-search.ts'
import { readState, rememberedState } from './meilisearch-state.ts'
import { suggestTexts } from './meilisearch-suggestions.ts'
import { listVersions } from './meilisearch-versions.ts'
import { removeDocuments, upsertDocuments } from './meilisearch-write.ts'

export type MeilisearchEngine = SearchEngine & SearchIndex

/**
 * Search on a Meilisearch server. Answers only from an index that is whole and of this version; everything else is an error,
 * for the fallback to turn into an answer of PostgreSQL. Writes to an index that is not in use are dropped, because the
 * rebuild that puts it in use reads the database.
 */
export function meilisearchSearchEngine(options: MeilisearchOptions): MeilisearchEngine {
  const connection = connectMeilisearch(options)
  const { uids } = connection
  const readers = guarded({ ...connection, client: connection.hasty })
  const writers = guarded(connection)
  return {
    name: 'meilisearch',
    upsert: (documents) => writers.ifReady(() => upsertDocuments(connection, uids, documents)),
    remove: (ids) => writers.ifReady(() => removeDocuments(connection, uids, ids)),
    search: (query) => readers.whenReady(() => searchDocuments(connection, query)),
    suggest: (prefix, limit) => readers.whenReady(() => suggestTexts(connection, prefix, limit)),
    listVersions: (page) => writers.whenReady(() => listVersions(connection, uids, page)),
    isReady: async () => (await readState(connection)) === 'ready',
    isBeingRebuilt: () => isBeingRebuilt(connection),
    rebuild: async (fill) => {
      await rebuildIndexes(connection, fill)
      readers.forget()
      writers.forget()
    },
  }
}

/** Calls that depend on the state of the index. What goes wrong may mean that it is gone, so the state is looked at again. */
function guarded(connection: Connection) {
  const { assertReady, current, forget } = rememberedState(connection)
  const orForget = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof AppError)) forget()
      throw error
    }
  }
  return {
    forget,
    whenReady: <T>(answer: () => Promise<T>) =>
      orForget(async () => {
        await assertReady()
        return answer()
      }),
    ifReady: (write: () => Promise<void>) =>
      orForget(async () => {
        if ((await current()) === 'ready') await write()
      }),
  }
}
