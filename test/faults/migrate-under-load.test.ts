import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { migrate, readMigrations } from '../../src/db/migrate.ts'
import { quantile } from '../bench/stage.ts'
import { databaseUrl } from '../support/cluster.ts'
import { createDatabase, dropDatabase } from '../support/db.ts'
import { sized } from './size.ts'

/** Every table of the older state is filled to this many rows, as far as its constraints let copies in. */
const rows = sized({ short: 2_000, long: 200_000 })
const clients = sized({ short: 4, long: 16 })
const slowestMs = 2_000
const p99Ms = 1_000

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'queqiao-migrations-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

/** The state of a release before: the first half of the migrations. */
async function olderState(): Promise<string> {
  const names = (await readdir('migrations')).filter((name) => name.endsWith('.sql')).sort()
  for (const name of names.slice(0, Math.floor(names.length / 2))) {
    await symlink(resolve('migrations', name), join(directory, name))
  }
  return directory
}

/**
 * The load is that of the release before, in statements: its program is not in this tree, and ours cannot serve the older
 * schema, because a release needs its own migrations. Its requests end in statements like these.
 */
it(`FT-13: all migrations since an older state, under load: no statement fails, none waits ${slowestMs} ms`, async () => {
  const name = await createDatabase()
  const url = databaseUrl(inject('adminUrl'), name)
  const pool = new pg.Pool({ connectionString: url, max: clients, statement_timeout: 10_000 })
  try {
    await migrate(url, await olderState())
    const tables = await fill(pool)
    expect(tables.filter(({ hasRows }) => hasRows).length).toBeGreaterThan(15)
    const load = startLoad(pool, tables)
    const { applied } = await migrate(url, 'migrations')
    const { count, failures, slowest, p99 } = await load.stop()
    process.stdout.write(
      `${applied.length} migrations, ${count} statements meanwhile, p99 ${p99} ms, the slowest ${slowest.ms} ms\n`,
    )
    expect(applied.length).toBe((await readMigrations('migrations')).length - (await readdir(directory)).length)
    expect(failures).toEqual([])
    expect(count).toBeGreaterThan(100)
    expect(slowest.ms, slowest.table).toBeLessThan(slowestMs)
    expect(p99).toBeLessThan(p99Ms)
  } finally {
    await pool.end()
    await dropDatabase(name)
  }
})

/** What has triggers is only read: they keep rows as they are. */
type Table = { name: string; columns: string[]; hasRows: boolean; isChangeable: boolean }

/** Rows without foreign keys or triggers to obey: what matters is that each table has many, and is read and written. */
async function fill(pool: pg.Pool): Promise<Table[]> {
  const { rows: found } = await pool.query<Omit<Table, 'hasRows'> & { values: string[] }>(columnsOfTables)
  const client = await pool.connect()
  const filled: Table[] = []
  try {
    await client.query('set session_replication_role = replica')
    for (const { name, columns, values, isChangeable } of found) {
      const insert = `insert into ${name} (${columns.join(', ')}) overriding system value
        select ${values.join(', ')} from generate_series(1, ${rows}) as n on conflict do nothing`
      // A table whose CHECKs ask for more than its types stays empty; its locks are tried all the same.
      const inserted = await client.query(insert).catch(() => undefined)
      filled.push({ name, columns, isChangeable, hasRows: (inserted?.rowCount ?? 0) > 0 })
    }
  } finally {
    await client.query('reset session_replication_role')
    client.release()
  }
  await pool.query('analyze')
  return filled
}

const columnsOfTables = `
  select format('%I', c.relname) as name,
    not exists (select from pg_trigger where tgrelid = c.oid and not tgisinternal) as "isChangeable",
    array_agg(format('%I', a.attname) order by a.attnum) as columns,
    array_agg(case
      when t.typname = 'uuid' then 'gen_random_uuid()'
      when t.typname in ('timestamptz') then 'now()'
      when t.typname = 'date' then 'current_date'
      when t.typname in ('int2', 'int4', 'int8', 'float8', 'numeric') then 'n'
      when t.typname = 'bool' then 'true'
      when t.typname = 'jsonb' then '''{}''::jsonb'
      when t.typname = 'bytea' then '''x''::bytea'
      when t.typname like '\\_%' then format('''{}''::%s', format_type(a.atttypid, null))
      when t.typname = 'tsvector' then '''''::tsvector'
      else '''t'' || n' end order by a.attnum) as values
  from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  join pg_type t on t.oid = a.atttypid
  where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'schema_migrations'
  group by c.oid, c.relname order by 1`

type Slowest = { ms: number; table: string }

/** What a program of before does: reads and writes rows of all its tables, over and over, naming the columns it knows. */
function startLoad(pool: pg.Pool, tables: readonly Table[]) {
  let isStopping = false
  const waits: number[] = []
  const failures: string[] = []
  let slowest: Slowest = { ms: 0, table: '' }
  const run = async (offset: number) => {
    for (let turn = offset; !isStopping; turn += 1) {
      const table = tables[turn % tables.length]
      if (table === undefined) return
      const startedAt = performance.now()
      await touch(pool, table, turn).catch((error: Error) => failures.push(`${table.name}: ${error.message}`))
      const ms = Math.round(performance.now() - startedAt)
      if (ms > slowest.ms) slowest = { ms, table: table.name }
      waits.push(ms)
    }
  }
  const running = Promise.all(Array.from({ length: clients }, (_, n) => run(n * 7)))
  return {
    stop: async () => {
      isStopping = true
      await running
      return { count: waits.length, failures: [...new Set(failures)], slowest, p99: quantile(waits, 0.99) }
    },
  }
}

async function touch(pool: pg.Pool, { name, columns, isChangeable }: Table, turn: number): Promise<void> {
  const [first = ''] = columns
  if (turn % 2 === 0 || !isChangeable) await pool.query(`select ${columns.join(', ')} from ${name} limit 20`)
  else await pool.query(`update ${name} set ${first} = ${first} where ctid = '(0,1)'`)
}
