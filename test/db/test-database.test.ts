import pg from 'pg'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { testDatabase, useTestDatabase } from '../support/db.ts'
import { assertIdle, assertNoConnections } from '../support/leaks.ts'

const database = useTestDatabase()

beforeAll(async () => {
  await database.pool.query(`
    create table parents (id int primary key);
    create table children (id int generated always as identity, parent_id int references parents, double int generated always as (id * 2) stored);
    insert into parents values (1); insert into children (parent_id) values (1);
    create table pristine."public.parents" as table parents;
    create table pristine."public.children" as table children`)
})

describe('reset', () => {
  it('empties the tables and puts back the rows that migrations brought, in any order of foreign keys', async () => {
    await database.pool.query(
      'delete from children; update parents set id = 7; insert into children (parent_id) values (7)',
    )
    await database.pool.query(
      `insert into audit_entries (id, action, facts, at) values (gen_random_uuid(), 'x', '{}', now())`,
    )

    await database.reset()

    const { rows } = await database.pool.query(
      'select p.id as parent, c.id, c.double, (select count(*) from audit_entries) as audit from parents p join children c on c.parent_id = p.id',
    )
    expect(rows).toEqual([{ parent: 1, id: 1, double: 2, audit: 0 }])
  })

  it('keeps the record of the migrations', async () => {
    await database.reset()
    const { rows } = await database.pool.query('select count(*) as n from schema_migrations')
    expect(rows[0].n).toBeGreaterThan(0)
  })
})

describe('a test database', () => {
  it('is a copy of its own', async () => {
    const other = await testDatabase()
    await other.pool.query('create table only_here ()')
    const { rows } = await database.pool.query(`select to_regclass('only_here') as found`)

    expect(rows).toEqual([{ found: null }])
    await other.drop()
  })

  it('reports a client that was never released', async () => {
    const client = await database.pool.connect()
    await expect(assertIdle(database.pool)).rejects.toThrow('1 database clients were not released')
    client.release()
    await expect(assertIdle(database.pool)).resolves.toBeUndefined()
  })

  it('reports a connection that stays open, by the name of its application, and is dropped all the same', async () => {
    const other = await testDatabase()
    const stranger = new pg.Client({ connectionString: other.url, application_name: 'stranger' })
    stranger.on('error', () => undefined)
    await stranger.connect()

    await expect(other.drop()).rejects.toThrow(/connections are left open on t_.*\nstranger \(idle\)/)

    const admin = new pg.Client({ connectionString: inject('adminUrl') })
    await admin.connect()
    await assertNoConnections(admin, new URL(other.url).pathname.slice(1))
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [
      new URL(other.url).pathname.slice(1),
    ])
    expect(rowCount).toBe(0)
    await admin.end()
  })
})
