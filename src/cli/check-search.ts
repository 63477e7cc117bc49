import { parseArgs } from 'node:util'
import { checkIndex } from '../modules/search/check-index.ts'
import { withSearchIndexes } from './with-search-indexes.ts'

/**
 * `npm run search:check [-- --repair]`: compares every search index with the database, by ids and versions, and brings it in
 * line when asked. Exit code 1 when something differs and was not repaired.
 */
await withSearchIndexes('usage: npm run search:check [-- --repair]', async ({ indexes, ...deps }) => {
  const { values } = parseArgs({ options: { repair: { type: 'boolean', default: false } } })
  let problems = 0
  for (const index of indexes) {
    if (!(await index.isReady())) {
      problems += 1
      console.log(`${index.name}: not ready; npm run reindex -- --engine ${index.name}`)
      continue
    }
    const { checked, missing, stale, orphans, examples, repaired } = await checkIndex({ ...deps, index }, values)
    problems += missing + stale + orphans - repaired
    console.log(
      `${index.name}: ${checked} checked, ${missing} missing, ${stale} stale, ${orphans} orphans, ${repaired} repaired`,
    )
    for (const example of examples) console.log(`  ${example}`)
  }
  return problems === 0 ? 0 : 1
})
