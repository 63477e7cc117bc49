import type { SearchEngine } from './search-engine.ts'

/** What an index is written and checked through. */
export type IndexWriter = Pick<SearchEngine, 'upsert' | 'remove' | 'listVersions'>

/** One index behind the search, as reindexing and checking see it. */
export type SearchIndex = IndexWriter & {
  readonly name: SearchEngineName
  /** Whether searches may be answered from it; when not, only a rebuild helps. */
  isReady(): Promise<boolean>
  /** Whether some process is rebuilding it, so that another one need not begin. */
  isBeingRebuilt(): Promise<boolean>
  /**
   * Calls `fill` with a new, empty index (or with the one in use, where documents are replaced one by one) and puts it in use
   * when that ends. Searches are answered all the while. When `fill` throws, nothing has changed.
   */
  rebuild(fill: (target: IndexWriter) => Promise<void>): Promise<void>
}

export type SearchEngineName = 'postgres' | 'meilisearch'
