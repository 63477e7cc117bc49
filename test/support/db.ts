import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { type Database, openDatabase } from '../../src/db/client.ts'
import type { Log } from '../../src/kernel/log.ts'
import { databaseUrl } from './cluster.ts'
import { assertIdle, assertNoConnections } from './leaks.ts'

export type TestDatabase = Pick<Database, 'db' | 'pool'> & {
  url: string
  /** Empties every table and puts back the rows that migrations brought. */
  reset(): Promise<void>
  /** Closes the pool, fails when a transaction or connection leaked, and drops the database. */
  drop(): Promise<void>
}

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** A database of its own, cloned from the migrated template in about 0.1 s. The caller drops it. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = await createDatabase({ template: inject('templateName') })
  const url = databaseUrl(inject('adminUrl'), name)
  const { db, pool, close } = openDatabase(
    { url, poolSize: 10, statementTimeoutMs: 5_000, acquireTimeoutMs: 5_000, applicationName: 'queqiao-test' },
    silentLog,
  )
  const drop = async () => {
    try {
      await assertIdle(pool)
      await close()
      await withAdmin((admin) => assertNoConnections(admin, name))
    } finally {
      await dropDatabase(name)
    }
  }
  return { url, db, pool, reset: () => resetTables(pool), drop }
}

/** The database of a test file: made before its tests, checked for leaks and dropped after them. */
export function useTestDatabase(): TestDatabase {
  let database: TestDatabase | undefined
  const get = () => {
    if (database === undefined) throw new Error('the test database exists only inside tests and hooks')
    return database
  }
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database?.drop())
  return {
    get url() {
      return get().url
    },
    get db() {
      return get().db
    },
    get pool() {
      return get().pool
    },
    reset: () => get().reset(),
    drop: () => get().drop(),
  }
}

/** Clones take turns: two copies of one template at the same time refuse each other. */
export async function createDatabase(options: { template?: string } = {}): Promise<string> {
  const name = `t_${process.env.VITEST_POOL_ID ?? '0'}_${randomUUID().slice(0, 8)}`
  const template = options.template ? `template ${options.template} strategy file_copy` : ''
  await withAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock(7178102002)')
    await admin.query(`create database ${name} ${template}`)
  })
  return name
}

export async function dropDatabase(name: string): Promise<void> {
  await withAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`))
}

async function withAdmin<T>(fn: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: inject('adminUrl') })
  await admin.connect()
  try {
    return await fn(admin)
  } finally {
    await admin.end()
  }
}

/**
 * Deletes from what has rows. TRUNCATE makes new files for each table, and its CASCADE reaches nearly all 90 of them from a
 * filled `organisations`: 0.3 s a test, where deleting the few rows of a test takes some milliseconds.
 */
async function resetTables(pool: pg.Pool): Promise<void> {
  const { rows: tables } = await pool.query<{ name: string }>(allTables)
  const filled = await pool.query<{ name: string }>(
    tables.map(({ name }) => `select '${name}' as name where exists (select from ${name})`).join(' union all '),
  )
  if (filled.rows.length === 0) return
  const { rows: kept } = await pool.query<{ statement: string }>(restoreStatements)
  const statements = [
    // Without triggers: append-only tables let themselves be emptied, and foreign keys hold again when all are.
    'set local session_replication_role = replica',
    ...filled.rows.map(({ name }) => `delete from ${name}`),
    ...kept.map(({ statement }) => statement),
  ]
  // Sent as one string, the statements are one transaction.
  await pool.query(statements.join('; '))
}

const allTables = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables
  where schemaname !~ '^pg_' and schemaname not in ('information_schema', 'pristine')`

const restoreStatements = `
  select format('insert into %s (%s) overriding system value select %2$s from pristine.%I',
                t.oid::regclass, string_agg(quote_ident(a.attname), ', ' order by a.attnum), k.tablename) as statement
  from pg_tables k
  join pg_class t on t.oid = to_regclass(k.tablename)
  join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where k.schemaname = 'pristine'
  group by t.oid, k.tablename`
