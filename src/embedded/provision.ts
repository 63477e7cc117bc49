import type pg from 'pg'
import type { Cluster } from './cluster.ts'
import { adminAddress, applicationAddress, withConnection } from './connect.ts'
import { EmbeddedPostgresError, errorCode } from './errors.ts'
import type { Secrets } from './secrets-file.ts'

/** What keeps a committed transaction committed after a power cut; tests may switch it off by `settings`. */
const durability = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

/** Makes the application's role and database when they are missing, and proves that their url works. */
export async function provision(cluster: Cluster, port: number, secrets: Secrets): Promise<void> {
  await withConnection(adminAddress(port, secrets.superuserPassword), async (client) => {
    await assertSafeSettings(client, cluster.settings)
    await ensureRole(client, secrets.applicationPassword)
    await ensureDatabase(client)
    await ensurePasswordWorks(client, port, secrets.applicationPassword)
  })
}

export async function assertSafeSettings(client: pg.Client, settings: Record<string, string>): Promise<void> {
  const wrong = await findUnsafeSettings(client, settings)
  if (wrong.length === 0) return
  throw new EmbeddedPostgresError('UNSAFE_SETTINGS', {
    message: `The database does not keep what it confirms: ${wrong.join(', ')}.`,
    fix: 'remove these lines from postgresql.conf and postgresql.auto.conf in DATA_DIR/postgres, then start again',
  })
}

/** "fsync is off, expected on", one per setting that differs. */
export async function findUnsafeSettings(client: pg.Client, settings: Record<string, string>): Promise<string[]> {
  const { rows } = await client.query<{ name: string; value: string }>(
    'select name, current_setting(name) as value from unnest($1::text[]) as name',
    [[...durability]],
  )
  return rows
    .map(({ name, value }) => ({ name, value, expected: settings[name] ?? 'on' }))
    .filter(({ value, expected }) => value !== expected)
    .map(({ name, value, expected }) => `${name} is ${value}, expected ${expected}`)
}

async function ensureRole(client: pg.Client, password: string): Promise<void> {
  const { rowCount } = await client.query("select from pg_roles where rolname = 'queqiao'")
  if (rowCount) return
  const rights = 'login nosuperuser nobypassrls nocreatedb nocreaterole'
  await client.query(`create role queqiao ${rights} password ${client.escapeLiteral(password)}`)
}

/** As the owner, the application may create the trusted extensions (pg_trgm, unaccent, pgcrypto) itself. */
async function ensureDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ encoding: string }>(
    "select pg_encoding_to_char(encoding) as encoding from pg_database where datname = 'queqiao'",
  )
  if (rows.length === 0) {
    await client.query("create database queqiao owner queqiao template template0 encoding 'UTF8'")
  } else if (rows[0]?.encoding !== 'UTF8') {
    throw new EmbeddedPostgresError('UNSAFE_SETTINGS', {
      message: `The database queqiao is encoded in ${rows[0]?.encoding}, not in UTF8, and would store broken Chinese.`,
      fix: 'dump it (pg_dump -E UTF8), move DATA_DIR/postgres away, start again and restore the dump',
    })
  }
}

/** The password file may be newer than the role: it was lost and made again. The file wins. */
async function ensurePasswordWorks(client: pg.Client, port: number, password: string): Promise<void> {
  try {
    await withConnection(applicationAddress(port, password), async () => undefined)
  } catch (error) {
    if (errorCode(error) !== '28P01') throw error
    await client.query(`alter role queqiao password ${client.escapeLiteral(password)}`)
  }
}
