import { parseArgs } from 'node:util'
import { rebuildIndex } from '../modules/search/reindex.ts'
import type { SearchEngineName } from '../ports/search-index.ts'
import { withSearchIndexes } from './with-search-indexes.ts'

/**
 * `npm run reindex -- --engine postgres|meilisearch|all`: builds search indexes anew from the database while searches go on.
 * For a new server, a new dictionary or synonyms, or after the settings of an index changed.
 */
const engines = ['postgres', 'meilisearch', 'all'] as const
const usage = `usage: npm run reindex -- [--engine ${engines.join('|')}]`

await withSearchIndexes(usage, async ({ indexes, ...deps }) => {
  const engine = readEngine()
  const chosen = indexes.filter(({ name }) => engine === 'all' || name === engine)
  if (chosen.length === 0) throw new Error(`${engine} is not configured; MEILI_URL names the server`)
  for (const index of chosen) {
    const showProgress = (count: number) => console.log(`${index.name}: ${count} listings`)
    const { written, repaired } = await rebuildIndex({ ...deps, index }, showProgress)
    console.log(`${index.name}: done, ${written} written, ${repaired} changed meanwhile`)
  }
  return 0
})

function readEngine(): SearchEngineName | 'all' {
  const { values } = parseArgs({ options: { engine: { type: 'string', default: 'all' } } })
  const engine = engines.find((name) => name === values.engine)
  if (engine === undefined) throw new Error(usage)
  return engine
}
