import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Clock } from '../kernel/clock.ts'
import { applicationAddress, connectionUrl } from './connect.ts'
import { type Finding, ok, problem } from './finding.ts'
import { readPostmasterState } from './postmaster-pid.ts'
import { findUnsafeSettings } from './provision.ts'
import { readSecrets } from './secrets-file.ts'

/** Tokens live 15 minutes and auctions close by the second; two seconds of drift are seen by people. */
const maximumDriftMs = 2_000

export async function diagnoseEmbeddedDatabase(dataDir: string, clock: Clock): Promise<Finding[]> {
  const clusterDir = await realpath(join(dataDir, 'postgres')).catch(() => join(dataDir, 'postgres'))
  const state = await readPostmasterState(clusterDir)
  const secrets = await readSecrets(dataDir)
  if (state.kind !== 'running' || state.port === undefined || !secrets) {
    return [ok('database', 'not running; encoding, durability and clock are checked while Queqiao runs')]
  }
  return diagnoseExternalDatabase(connectionUrl(applicationAddress(state.port, secrets.applicationPassword)), clock)
}

export async function diagnoseExternalDatabase(url: string, clock: Clock): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    const reason = error instanceof Error ? error.message || String(error.name) : String(error)
    return [
      problem('database', `no connection: ${reason}`, 'start the database, or correct DATABASE_URL (unset: embedded)'),
    ]
  }
  try {
    return [...(await diagnoseServer(client)), await diagnoseClock(client, clock)]
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function diagnoseServer(client: pg.Client): Promise<Finding[]> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    "select current_setting('server_version') as version, current_setting('server_encoding') as encoding",
  )
  const { version = '', encoding = '' } = rows[0] ?? {}
  const unsafe = await findUnsafeSettings(client, {})
  return [
    Number.parseInt(version, 10) >= 15
      ? ok('database', `PostgreSQL ${version} answers`)
      : problem('database', `PostgreSQL ${version} is older than 15`, 'use PostgreSQL 15 or newer'),
    encoding === 'UTF8'
      ? ok('encoding', 'UTF8')
      : problem('encoding', `${encoding}, not UTF8`, "create database queqiao template template0 encoding 'UTF8'"),
    unsafe.length === 0
      ? ok('durability', 'fsync, full_page_writes and synchronous_commit are on')
      : problem('durability', unsafe.join(', '), 'set them to on in postgresql.conf, then: select pg_reload_conf()'),
  ]
}

/** The answer's own travelling time counts for neither side: the database is compared with the middle. */
async function diagnoseClock(client: pg.Client, clock: Clock): Promise<Finding> {
  const before = clock.now().getTime()
  const { rows } = await client.query<{ ms: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms',
  )
  const drift = Math.round((rows[0]?.ms ?? Number.NaN) - (before + clock.now().getTime()) / 2)
  const detail = `database and this process differ by ${Math.abs(drift)} ms`
  if (Math.abs(drift) <= maximumDriftMs) return ok('clock', detail)
  return problem('clock', detail, 'switch time synchronisation on at both machines: timedatectl set-ntp true')
}
