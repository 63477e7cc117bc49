import { type Column, getTableColumns, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { copyMany } from './copy-many.ts'
import { givenColumns, remembering } from './row-columns.ts'
import { type Tx, withTx } from './tx.ts'

/** COPY waits for two answers instead of one, so it is for many rows. */
const worthCopying = 100

/**
 * Inserts rows: many by COPY, fewer as one JSON document, which is one parameter however many there are. Twenty listings of 36
 * columns would be 720. A column that no row names gets its default.
 */
export async function insertMany<T extends PgTable>(
  tx: Tx,
  table: T,
  rows: readonly T['$inferInsert'][],
): Promise<void> {
  if (rows.length === 0) return
  if (rows.length >= worthCopying) return withTx(tx, (own) => copyMany(own, table, rows))
  const names = givenColumns(table, rows).map(([, { name }]) => sql.identifier(name))
  const columns = sql.join(names, sql`, `)
  await tx.execute(sql`
    insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, ${toJson(table, rows)}::jsonb)`)
}

/** Writes whole rows over those with the same value in `key`. */
export async function updateMany<T extends PgTable>(
  tx: Tx,
  table: T,
  { key, rows }: { key: keyof T['$inferInsert'] & string; rows: readonly T['$inferInsert'][] },
): Promise<void> {
  if (rows.length === 0) return
  const keyColumn = getTableColumns(table)[key]?.name ?? key
  const changed = `changed`
  const assignments = namesOf(table)
    .filter((name) => name !== keyColumn)
    .map((name) => sql`${sql.identifier(name)} = ${sql.identifier(changed)}.${sql.identifier(name)}`)
  await tx.execute(sql`
    update ${table} as old set ${sql.join(assignments, sql`, `)}
    from jsonb_populate_recordset(null::${table}, ${toJson(table, rows)}::jsonb) as ${sql.identifier(changed)}
    where old.${sql.identifier(keyColumn)} = ${sql.identifier(changed)}.${sql.identifier(keyColumn)}`)
}

/** Every row by the names and in the values of the database; JSON columns stay as they are, because the document is JSON. */
function toJson<T extends PgTable>(table: T, rows: readonly T['$inferInsert'][]): string {
  const columns = Object.entries<Column>(getTableColumns(table))
  const encoders = columns.map(([property, column]): [string, string, (value: unknown) => unknown] => {
    const isJson = column.dataType === 'json' || column.dataType === 'array'
    return [property, column.name, isJson ? (value) => value : remembering((value) => column.mapToDriverValue(value))]
  })
  const encoded = (rows as readonly Record<string, unknown>[]).map((row) => {
    const named: Record<string, unknown> = {}
    for (const [property, name, encode] of encoders) {
      const value = row[property]
      if (value !== undefined && value !== null) named[name] = asJson(encode(value))
    }
    return named
  })
  return JSON.stringify(encoded)
}

/** bytea has a spelling of its own inside JSON. */
function asJson(value: unknown): unknown {
  return Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value
}

function namesOf(table: PgTable): string[] {
  return Object.values<Column>(getTableColumns(table)).map(({ name }) => name)
}
