import { ConfigError, readConfig } from '../config.ts'
import { type BackupReport, backUp, checkBackup, EmbeddedPostgresError } from '../embedded/index.ts'
import { environment } from '../environment.ts'
import { systemClock } from '../kernel/clock.ts'
import { readOptions } from './read-options.ts'

/**
 * `npm run backup -- --to FILE`      copies DATA_DIR into a file while the product works, and reads it again to check it
 * `npm run backup -- --check FILE`   compares a backup with its checksums
 * Exit code 0 when the backup is whole, 1 when not, 78 with a wrong configuration.
 */
const usage = 'usage: npm run backup -- --to FILE | --check FILE'

async function run(): Promise<void> {
  const text = { type: 'string' } as const
  const values = readOptions(usage, { to: text, check: text })
  if (values.check !== undefined) return tell(values.check, await checkBackup(values.check))
  if (values.to === undefined) throw new ConfigError(usage)
  const { dataDir, databaseUrl } = readConfig(environment())
  if (databaseUrl !== undefined) {
    throw new ConfigError('DATABASE_URL is set: back that server up with its own tools (pg_basebackup, pg_dump)')
  }
  tell(values.to, await backUp({ dataDir, to: values.to, clock: systemClock, log: console.error }))
}

function tell(file: string, { files, bytes, madeAt, postgresVersion }: BackupReport): void {
  const size = `${files} files, ${(bytes / 1e6).toFixed(1)} MB`
  console.log(`${file} is whole: ${size}, PostgreSQL ${postgresVersion}, as of ${madeAt}`)
  console.log('It holds the keys and passwords of the installation: keep it as you keep them.')
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof EmbeddedPostgresError) console.error(`  ${error.fix}`)
  process.exitCode = error instanceof ConfigError ? 78 : 1
}
