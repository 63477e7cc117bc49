import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Log } from '../../kernel/log.ts'
import type { SearchIndex } from '../../ports/search-index.ts'
import { checkIndex } from './check-index.ts'
import { rebuildIndex } from './reindex.ts'

type KeepDeps = { db: Db; clock: Clock; log: Log; searchIndexes: readonly SearchIndex[] }

/** Builds what no search may be answered from: a new server, new settings, a lost index. Searches fall back until then. */
export async function buildMissingIndexes({ searchIndexes, ...deps }: KeepDeps): Promise<undefined> {
  for (const index of searchIndexes) {
    if ((await index.isReady()) || (await index.isBeingRebuilt())) continue
    deps.log.info({ index: index.name }, 'building the search index')
    const { written } = await rebuildIndex({ ...deps, index })
    deps.log.info({ index: index.name, written }, 'the search index is in use')
  }
}

/** Repairs what index jobs missed, for example while a server was away longer than their attempts. */
export async function repairIndexes({ searchIndexes, ...deps }: KeepDeps): Promise<undefined> {
  for (const index of searchIndexes) {
    if (!(await index.isReady())) continue
    const { examples, ...figures } = await checkIndex({ ...deps, index }, { repair: true })
    if (figures.repaired > 0)
      deps.log.warn({ index: index.name, ...figures, examples }, 'the search index was repaired')
  }
}
