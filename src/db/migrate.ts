import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { sqlState } from './errors.ts'

export type Migration = { name: string; sql: string; checksum: string; isTransactional: boolean }

/** What a run found and did. */
export type MigrationReport = { applied: string[]; alreadyThere: number }

const advisoryLockKey = 7_178_102_001n
/**
 * Who waits for a table has everybody after it in the queue wait as well, with a connection each: after half a second requests
 * find none and fail. So a try is short, and there are enough of them for transactions of a minute to end. Each tenth is longer
 * than deadlock_timeout (1 s), after which PostgreSQL takes an autovacuum out of the way.
 */
const lockAttempts = 40
const lockTimeoutMs = (attempt: number) => (attempt % 10 === 0 ? 1_100 : 250)
const [leastPauseMs, mostPauseMs] = [500, 1_500]

/** Reads `NNNN_name.sql` files in order. @throws when a number is missing or used twice. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name, index) => {
      if (!name.startsWith(`${String(index + 1).padStart(4, '0')}_`)) {
        throw new Error(`migration ${name} is out of order: number ${index + 1} expected`)
      }
      const sql = await readFile(join(directory, name), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      return { name, sql, checksum, isTransactional: !sql.startsWith('-- no-transaction') }
    }),
  )
}

/**
 * Brings the database to the newest schema, forward only. Instances that start together queue behind an advisory lock;
 * every file runs in its own transaction and tries for a lock for a quarter of a second, again and again for a minute, so a migration never blocks traffic for long.
 * @throws when an applied file changed, is missing, or the database is newer than this program.
 */
export async function migrate(url: string, directory: string): Promise<MigrationReport> {
  const migrations = await readMigrations(directory)
  const client = new pg.Client({ connectionString: url, application_name: 'queqiao-migrate' })
  // A connection lost between two statements would otherwise end the process; the next statement reports it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLockKey.toString()])
    const applied = await appliedMigrations(client)
    assertSameHistory(migrations, applied)
    const pending = migrations.slice(applied.length)
    for (const migration of pending) await applyWithRetry(client, migration)
    return { applied: pending.map(({ name }) => name), alreadyThere: applied.length }
  } finally {
    await client.end()
  }
}

type AppliedMigration = { name: string; checksum: string }

async function appliedMigrations(client: pg.Client): Promise<AppliedMigration[]> {
  await client.query(
    `create table if not exists schema_migrations (
       name text primary key, checksum text not null, applied_at timestamptz not null default clock_timestamp())`,
  )
  const { rows } = await client.query<AppliedMigration>('select name, checksum from schema_migrations order by name')
  return rows
}

function assertSameHistory(migrations: Migration[], applied: AppliedMigration[]): void {
  for (const [index, row] of applied.entries()) {
    const file = migrations[index]
    if (file === undefined) throw new Error(`the database is newer than this program: it has migration ${row.name}`)
    if (file.name !== row.name)
      throw new Error(`migration ${file.name} comes before ${row.name}, which is applied already`)
    if (file.checksum !== row.checksum) throw new Error(`migration ${row.name} was changed after it was applied`)
  }
}

async function applyWithRetry(client: pg.Client, migration: Migration): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await apply(client, migration, lockTimeoutMs(attempt))
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      const isLockTimeout = sqlState(error) === '55P03'
      if (!isLockTimeout || attempt >= lockAttempts) {
        throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error })
      }
      await sleep(leastPauseMs + Math.random() * (mostPauseMs - leastPauseMs))
    }
  }
}

/** What an interrupted `create index concurrently` leaves is in the way of the next try, and slows every write meanwhile. */
async function dropHalfMadeIndexes(client: pg.Client, { sql }: Migration): Promise<void> {
  const named = [...sql.matchAll(/index\s+concurrently\s+(?:if\s+not\s+exists\s+)?(\w+)/gi)].map(([, name]) => name)
  const { rows } = await client.query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index
     where not indisvalid and indexrelid = any(array(select to_regclass(name)::oid from unnest($1::text[]) as name))`,
    [named],
  )
  for (const { name } of rows) await client.query(`drop index concurrently ${name}`)
}

async function apply(client: pg.Client, migration: Migration, lockTimeout: number): Promise<void> {
  const record = () =>
    client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [migration.name, migration.checksum])
  if (!migration.isTransactional) {
    await dropHalfMadeIndexes(client, migration)
    for (const statement of migration.sql.split(/;\s*$/m)) if (statement.trim()) await client.query(statement)
    await record()
    return
  }
  await client.query('begin')
  await client.query(`set local lock_timeout = ${lockTimeout}`)
  await client.query(migration.sql)
  await record()
  await client.query('commit')
}
