import { composeSearch } from '../compose-search.ts'
import { ConfigError, readConfig } from '../config.ts'
import { type Db, openDatabase } from '../db/client.ts'
import { environment } from '../environment.ts'
import { type Clock, systemClock } from '../kernel/clock.ts'
import { createLog } from '../log.ts'
import type { SearchIndex } from '../ports/search-index.ts'

type SearchTools = { db: Db; clock: Clock; indexes: readonly SearchIndex[] }

/** Reading a page of a large table takes a moment on a busy machine. */
const STATEMENT_TIMEOUT_MS = 60_000

/** Runs a command on the indexes of DATABASE_URL and MEILI_URL; prints what went wrong, and sets the exit code. */
export async function withSearchIndexes(usage: string, run: (tools: SearchTools) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await runWithDatabase(run)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.error(usage)
    process.exitCode = error instanceof ConfigError ? 78 : 1
  }
}

async function runWithDatabase(run: (tools: SearchTools) => Promise<number>): Promise<number> {
  const config = readConfig(environment())
  const { databaseUrl: url } = config
  if (url === undefined) throw new ConfigError('DATABASE_URL is missing; an index of `npm start` is kept by its worker')
  const log = createLog(config, 'queqiao-search')
  const limits = { poolSize: 4, statementTimeoutMs: STATEMENT_TIMEOUT_MS, acquireTimeoutMs: STATEMENT_TIMEOUT_MS }
  const { db, close } = openDatabase({ url, applicationName: 'queqiao-search', ...limits }, log)
  try {
    const { searchIndexes } = composeSearch(config, { db, clock: systemClock, log })
    return await run({ db, clock: systemClock, indexes: searchIndexes })
  } finally {
    await close()
  }
}
