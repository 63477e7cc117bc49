import { searchWithFallback } from './adapters/search/fallback.ts'
import { meilisearchSearchEngine } from './adapters/search/meilisearch.ts'
import { postgresSearchEngine } from './adapters/search/postgres.ts'
import { postgresSearchIndex } from './adapters/search/postgres-index.ts'
import type { Config } from './config.ts'
import type { Db } from './db/client.ts'
import type { Deps } from './deps.ts'
import type { Clock } from './kernel/clock.ts'
import type { Log } from './kernel/log.ts'

type SearchComposition = Pick<Deps, 'search' | 'searchIndexes'>

/** Search in PostgreSQL, or on Meilisearch with PostgreSQL behind it. */
export function composeSearch(
  config: Pick<Config, 'meilisearch'>,
  { db, clock, log }: { db: Db; clock: Clock; log: Log },
): SearchComposition {
  const secondary = postgresSearchEngine({ db })
  const secondaryIndex = postgresSearchIndex({ db })
  if (config.meilisearch === undefined) return { search: secondary, searchIndexes: [secondaryIndex] }
  const primary = meilisearchSearchEngine({ ...config.meilisearch, clock })
  const { timeoutMs } = config.meilisearch
  const search = searchWithFallback({ primary, secondary, timeoutMs, clock, log })
  return { search, searchIndexes: [secondaryIndex, primary] }
}
