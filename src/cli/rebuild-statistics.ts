import { readConfig } from '../config.ts'
import { openDatabase } from '../db/client.ts'
import { environment } from '../environment.ts'
import { createLog } from '../log.ts'
import { rebuildStatistics } from '../modules/statistics/rebuild-statistics.ts'

/**
 * `npm run statistics:rebuild`: counts all statistics anew from the rows at DATABASE_URL, names the cells that were different,
 * and exits with 1 if there were any.
 */
const config = readConfig(environment())
if (config.databaseUrl === undefined) {
  console.error('DATABASE_URL is missing.')
  process.exit(78)
}
const { db, close } = openDatabase(
  {
    ...{ url: config.databaseUrl, poolSize: 1, applicationName: 'queqiao-statistics' },
    // A million matches are counted in one statement.
    ...{ statementTimeoutMs: 3_600_000, acquireTimeoutMs: 5_000 },
  },
  createLog(config, 'statistics'),
)
try {
  const differences = await rebuildStatistics({ db })
  for (const { cell, counted, recomputed } of differences) console.log(`${cell}: ${counted}, now ${recomputed}`)
  console.log(differences.length === 0 ? 'every counter was right' : `${differences.length} counters were corrected`)
  process.exitCode = differences.length === 0 ? 0 : 1
} finally {
  await close()
}
