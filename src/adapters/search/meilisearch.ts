import { AppError } from '../../kernel/errors.ts'
import type { SearchEngine } from '../../ports/search-engine.ts'
import type { SearchIndex } from '../../ports/search-index.ts'
import { connectMeilisearch, type MeilisearchOptions } from './meilisearch-connection.ts'
import { rebuildIndexes } from './meilisearch-rebuild.ts'
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
  const state = rememberedState(connection)
  /** What went wrong may be that the index is gone. */
  const orForget = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof AppError)) state.forget()
      throw error
    }
  }
  const whenReady = <T>(answer: () => Promise<T>) =>
    orForget(async () => {
      await state.assertReady()
      return answer()
    })
  const ifReady = (write: () => Promise<void>) =>
    orForget(async () => {
      if ((await state.current()) === 'ready') await write()
    })
  return {
    name: 'meilisearch',
    upsert: (documents) => ifReady(() => upsertDocuments(connection, uids, documents)),
    remove: (ids) => ifReady(() => removeDocuments(connection, uids, ids)),
    search: (query) => whenReady(() => searchDocuments(connection, query)),
    suggest: (prefix, limit) => whenReady(() => suggestTexts(connection, prefix, limit)),
    listVersions: (page) => whenReady(() => listVersions(connection, uids, page)),
    isReady: async () => (await readState(connection)) === 'ready',
    rebuild: async (fill) => {
      await rebuildIndexes(connection, fill)
      state.forget()
    },
  }
}
