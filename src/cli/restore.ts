import { resolve } from 'node:path'
import { verifyDatabase } from '../audit/verify-database.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { openDatabase } from '../db/client.ts'
import { EmbeddedPostgresError, restoreBackup, startEmbeddedPostgres } from '../embedded/index.ts'
import { environment } from '../environment.ts'
import { systemClock } from '../kernel/clock.ts'
import { createLog } from '../log.ts'
import { readOptions } from './read-options.ts'

/**
 * `npm run restore -- --from FILE [--replace]`: puts a backup into DATA_DIR, starts its database once and recomputes the
 * audit chains. Exit code 0 when all is whole, 1 when not, 78 with a wrong configuration.
 */
const usage = 'usage: npm run restore -- --from FILE [--replace]'

async function run(): Promise<number> {
  const values = readOptions(usage, { from: { type: 'string' }, replace: { type: 'boolean', default: false } })
  if (values.from === undefined) throw new ConfigError(usage)
  const config = readConfig(environment())
  if (config.databaseUrl !== undefined) {
    throw new ConfigError('DATABASE_URL is set: restore that server with its own tools (pg_restore, a base backup)')
  }
  const { dataDir } = config
  const report = await restoreBackup({ dataDir, from: values.from, mayReplace: values.replace, clock: systemClock })
  console.log(`${report.files} files (${(report.bytes / 1e6).toFixed(1)} MB) as of ${report.madeAt} are in ${dataDir}`)
  if (report.keptAs !== undefined) console.log(`what was there is kept in ${report.keptAs}`)
  return verify(config)
}

async function verify(config: Config): Promise<number> {
  const server = await startEmbeddedPostgres({ dataDir: resolve(config.dataDir), log: console.error })
  const limits = { poolSize: 2, statementTimeoutMs: 60_000, acquireTimeoutMs: 5_000 }
  const { db, close } = openDatabase(
    { url: server.url, applicationName: 'queqiao-restore', ...limits },
    createLog(config, 'queqiao'),
  )
  try {
    const { entries, chains, broken, flaws } = await verifyDatabase(db)
    for (const flaw of [...flaws, ...broken.map(({ chain, reason }) => `chain ${chain}: ${reason}`)]) console.log(flaw)
    const isWhole = broken.length + flaws.length === 0
    console.log(
      `${entries} audit entries in ${chains} chains are ${isWhole ? 'whole; go on with npm start' : 'NOT whole'}`,
    )
    return isWhole ? 0 : 1
  } finally {
    await close()
    await server.stop()
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof EmbeddedPostgresError) console.error(`  ${error.fix}`)
  process.exitCode = error instanceof ConfigError ? 78 : 1
}
