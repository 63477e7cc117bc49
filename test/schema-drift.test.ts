import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, it } from 'vitest'
import { useTestDatabase } from './support/db.ts'

const database = useTestDatabase()
const tables = await findTables('src')

describe('the drizzle tables', () => {
  it('are found', () => {
    expect(tables.map(([name]) => name)).toEqual(expect.arrayContaining(['outbox_events', 'audit_entries']))
  })

  it('are declared once each', () => {
    const names = tables.map(([name]) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it.each(tables)('%s has exactly the columns, types and nullability of the migrated database', async (name, table) => {
    expect(declaredColumns(table)).toEqual(await migratedColumns(name))
  })

  it.each(tables)('%s leaves out on insert only what the database fills in', async (name, table) => {
    const filled = await columnsWithDefault(name)
    const left = getTableConfig(table).columns.filter(
      (column) => column.default !== undefined || column.generatedIdentity,
    )
    expect(left.map((column) => column.name).filter((column) => !filled.has(column))).toEqual([])
  })
})

type Column = { name: string; type: string; isNullable: boolean }

function declaredColumns(table: PgTable): Column[] {
  return getTableConfig(table)
    .columns.map((column) => ({
      name: column.name,
      type: plainType(column.getSQLType()),
      isNullable: !column.notNull && !column.primary && !isInPrimaryKey(table, column.name),
    }))
    .sort(byName)
}

function isInPrimaryKey(table: PgTable, name: string): boolean {
  return getTableConfig(table).primaryKeys.some((key) => key.columns.some((column) => column.name === name))
}

async function migratedColumns(table: string): Promise<Column[]> {
  const { rows } = await database.pool.query<Column>(
    `select attname as name, format_type(atttypid, null) as type, not attnotnull as "isNullable"
     from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped`,
    [`public.${table}`],
  )
  return rows.map((row) => ({ ...row, type: plainType(row.type) })).sort(byName)
}

async function columnsWithDefault(table: string): Promise<Set<string>> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = to_regclass($1) and attnum > 0 and (atthasdef or attidentity <> '')`,
    [`public.${table}`],
  )
  return new Set(rows.map(({ name }) => name))
}

/** Precision is left to the migration: `timestamp (3) with time zone` reads and writes a plain timestamptz. */
function plainType(type: string): string {
  const bare = type.replace(/\s*\([\d, ]+\)/, '').toLowerCase()
  return aliases[bare] ?? bare
}

const aliases: Record<string, string> = {
  varchar: 'character varying',
  char: 'character',
  timestamptz: 'timestamp with time zone',
  int: 'integer',
  int4: 'integer',
  int8: 'bigint',
  serial: 'integer',
  bigserial: 'bigint',
  bool: 'boolean',
  float8: 'double precision',
  float4: 'real',
}

function byName(a: Column, b: Column): number {
  return a.name < b.name ? -1 : 1
}

async function findTables(directory: string): Promise<[string, PgTable][]> {
  const files = (await readdir(directory, { recursive: true })).filter((file) => /(^|\/|-)table\.ts$/.test(file))
  const modules = await Promise.all(files.sort().map((file) => import(join(process.cwd(), directory, file))))
  return modules
    .flatMap((module) => Object.values(module as Record<string, unknown>))
    .filter((value): value is PgTable => is(value, PgTable))
    .map((table) => [getTableConfig(table).name, table])
}
