import { readConfig } from '../config.ts'
import { openDatabase } from '../db/client.ts'
import { findRunningUrl } from '../embedded/index.ts'
import { environment } from '../environment.ts'
import { idSchema } from '../kernel/ids.ts'
import { createLog } from '../log.ts'
import { recomputeMatch } from '../modules/matching/recompute-match.ts'

/**
 * `npm run match:recompute -- <matchId>`: scores a stored match again and prints "identical" or what differs. Exit code
 * 0 when identical, 1 when not, 2 when it cannot be told.
 */
async function run(): Promise<number> {
  const id = idSchema('match').safeParse(process.argv[2])
  if (!id.success) return fail('usage: npm run match:recompute -- <matchId>')
  const config = readConfig(environment())
  const url = config.databaseUrl ?? (await findRunningUrl(config.dataDir))
  if (url === undefined) return fail(`DATABASE_URL is missing, and no Queqiao is running in ${config.dataDir}.`)
  const limits = { poolSize: 2, statementTimeoutMs: 60_000, acquireTimeoutMs: 5_000 }
  const database = openDatabase({ url, applicationName: 'queqiao-recompute', ...limits }, createLog(config, 'queqiao'))
  try {
    const result = await recomputeMatch(database.db, id.data)
    if (result.status === 'changed_listing' || result.status === 'not_recomputable') return fail(result.reason)
    console.log(result.status === 'identical' ? 'identical' : JSON.stringify(result.differences, null, 2))
    return result.status === 'identical' ? 0 : 1
  } finally {
    await database.close()
  }
}

function fail(message: string): number {
  console.error(message)
  return 2
}

try {
  process.exitCode = await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
