import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest'
import { migrate } from '../../src/db/migrate.ts'
import { databaseUrl } from '../support/cluster.ts'
import { createDatabase, dropDatabase } from '../support/db.ts'

let name: string
let url: string
let directory: string
let client: pg.Client

beforeEach(async () => {
  name = await createDatabase()
  url = databaseUrl(inject('adminUrl'), name)
  directory = await mkdtemp(join(tmpdir(), 'queqiao-migrations-'))
  client = new pg.Client({ connectionString: url })
  await client.connect()
})
afterEach(async () => {
  await client.end()
  await dropDatabase(name)
  await rm(directory, { recursive: true })
})

async function writeMigrations(files: Record<string, string>): Promise<void> {
  for (const [file, text] of Object.entries(files)) await writeFile(join(directory, file), text)
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'schema_migrations' order by 1`,
  )
  return rows.map((row) => row.name)
}

async function recorded(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations order by name')
  return rows.map((row) => row.name)
}

const twoFiles = {
  '0001_a.sql': 'create table a (id int primary key);',
  '0002_b.sql': 'create table b (id int references a);',
}

describe('migrate', () => {
  it('applies the files in the order of their numbers and reports them', async () => {
    await writeMigrations({ '0002_b.sql': twoFiles['0002_b.sql'], '0001_a.sql': twoFiles['0001_a.sql'] })

    expect(await migrate(url, directory)).toEqual({ applied: ['0001_a.sql', '0002_b.sql'], alreadyThere: 0 })
    expect(await tables()).toEqual(['a', 'b'])
  })

  it('applies only what is new on the next run', async () => {
    await writeMigrations(twoFiles)
    await migrate(url, directory)
    await writeMigrations({ '0003_c.sql': 'create table c (id int);' })

    expect(await migrate(url, directory)).toEqual({ applied: ['0003_c.sql'], alreadyThere: 2 })
    expect(await migrate(url, directory)).toEqual({ applied: [], alreadyThere: 3 })
  })

  it('applies each file once when two instances start together', async () => {
    await writeMigrations(twoFiles)

    const reports = await Promise.all([migrate(url, directory), migrate(url, directory)])

    expect(reports.map(({ applied }) => applied.length).sort()).toEqual([0, 2])
    expect(await recorded()).toEqual(['0001_a.sql', '0002_b.sql'])
  })

  it('leaves nothing of a file that fails, keeps the files before it, and names it', async () => {
    await writeMigrations({ ...twoFiles, '0003_c.sql': 'create table c (id int); insert into c values (1 / 0);' })

    await expect(migrate(url, directory)).rejects.toThrow('migration 0003_c.sql failed: division by zero')
    expect(await tables()).toEqual(['a', 'b'])
    expect(await recorded()).toEqual(['0001_a.sql', '0002_b.sql'])

    await writeMigrations({ '0003_c.sql': 'create table c (id int);' })
    expect((await migrate(url, directory)).applied).toEqual(['0003_c.sql'])
  })

  it('tries again when a table is locked for longer than lock_timeout, and then succeeds', async () => {
    await writeMigrations({ '0001_a.sql': twoFiles['0001_a.sql'] })
    await migrate(url, directory)
    await writeMigrations({ '0002_b.sql': 'alter table a add column note text;' })
    await client.query('begin')
    await client.query('lock table a in access share mode')

    const running = migrate(url, directory)
    await vi.waitFor(async () => expect(await lastStatementOfRunner()).toBe('rollback'), {
      timeout: 10_000,
      interval: 20,
    })
    await client.query('commit')

    expect((await running).applied).toEqual(['0002_b.sql'])
  })

  it('reports a connection that is killed while it works, without ending the process', async () => {
    await writeMigrations({ '0001_slow.sql': 'create table slow (id int); select pg_sleep(30);' })
    const running = migrate(url, directory)
    const failure = expect(running).rejects.toThrow(/migration 0001_slow.sql failed/)
    await vi.waitFor(
      async () => {
        const { rowCount } = await client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and wait_event = 'PgSleep'`,
          [name],
        )
        expect(rowCount).toBe(1)
      },
      { timeout: 5_000, interval: 10 },
    )

    await failure
    expect(await tables()).toEqual([])
  })

  it('makes an index anew that an interrupted try left half-made', async () => {
    await writeMigrations({
      '0001_notes.sql': 'create table notes (a int); insert into notes values (1), (1)',
      '0002_index.sql': '-- no-transaction\ncreate unique index concurrently notes__a on notes (a);',
    })
    await expect(migrate(url, directory)).rejects.toThrow('0002_index.sql failed')
    const isValid = async () => {
      const { rows } = await client.query(
        `select indisvalid as valid from pg_index where indexrelid = 'notes__a'::regclass`,
      )
      return rows
    }
    expect(await isValid()).toEqual([{ valid: false }])
    await client.query('delete from notes where ctid = $1', ['(0,1)'])
    expect((await migrate(url, directory)).applied).toEqual(['0002_index.sql'])
    expect(await isValid()).toEqual([{ valid: true }])
  })

  it('runs a file marked "-- no-transaction" statement by statement, outside a transaction', async () => {
    await writeMigrations({
      '0001_a.sql': 'create table a (id int);',
      '0002_index.sql':
        '-- no-transaction\ncreate index concurrently a__id on a (id);\n\ncreate index concurrently a__id2 on a (id);\n',
    })

    await migrate(url, directory)

    const { rows } = await client.query(`select indexname from pg_indexes where tablename = 'a' order by 1`)
    expect(rows).toEqual([{ indexname: 'a__id' }, { indexname: 'a__id2' }])
    expect(await recorded()).toEqual(['0001_a.sql', '0002_index.sql'])
  })
})

describe('migrate refuses', () => {
  it('a gap in the numbers', async () => {
    await writeMigrations({ '0001_a.sql': 'select 1', '0003_c.sql': 'select 1' })
    await expect(migrate(url, directory)).rejects.toThrow('migration 0003_c.sql is out of order: number 2 expected')
  })

  it('a number that is used twice', async () => {
    await writeMigrations({ '0001_a.sql': 'select 1', '0001_b.sql': 'select 1' })
    await expect(migrate(url, directory)).rejects.toThrow('migration 0001_b.sql is out of order: number 2 expected')
  })

  it('a file that was changed after it was applied', async () => {
    await writeMigrations(twoFiles)
    await migrate(url, directory)
    await writeMigrations({ '0001_a.sql': `${twoFiles['0001_a.sql']} -- changed`, '0003_c.sql': 'create table c ();' })

    await expect(migrate(url, directory)).rejects.toThrow('migration 0001_a.sql was changed after it was applied')
    expect(await tables()).toEqual(['a', 'b'])
  })

  it('a database that is newer than the program', async () => {
    await writeMigrations(twoFiles)
    await migrate(url, directory)
    await rm(join(directory, '0002_b.sql'))

    await expect(migrate(url, directory)).rejects.toThrow('newer than this program: it has migration 0002_b.sql')
  })

  it('a file whose name differs from the applied one of the same number', async () => {
    await writeMigrations(twoFiles)
    await migrate(url, directory)
    await rm(join(directory, '0001_a.sql'))
    await writeMigrations({ '0001_renamed.sql': twoFiles['0001_a.sql'] })

    await expect(migrate(url, directory)).rejects.toThrow('migration 0001_renamed.sql comes before 0001_a.sql')
  })
})

async function lastStatementOfRunner(): Promise<string | undefined> {
  const admin = new pg.Client({ connectionString: inject('adminUrl') })
  await admin.connect()
  try {
    const { rows } = await admin.query<{ query: string }>(
      `select query from pg_stat_activity where datname = $1 and application_name = 'queqiao-migrate'`,
      [name],
    )
    return rows[0]?.query
  } finally {
    await admin.end()
  }
}
