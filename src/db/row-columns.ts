import { type Column, getTableColumns } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

type Rows = readonly Record<string, unknown>[]

/** The columns that any of the rows names, by property; the others get their defaults. */
export function givenColumns(table: PgTable, rows: Rows): [property: string, column: Column][] {
  const isGiven = (property: string) => rows.some((row) => row[property] !== undefined)
  return Object.entries<Column>(getTableColumns(table)).filter(([property]) => isGiven(property))
}

/** Rows of a batch share an organisation, a user and a time; an id takes 3 µs to turn into a UUID. */
export function remembering<Encoded>(encode: (value: unknown) => Encoded): (value: unknown) => Encoded {
  let last: { value: unknown; encoded: Encoded } | undefined
  return (value) => {
    if (last === undefined || last.value !== value) last = { value, encoded: encode(value) }
    return last.encoded
  }
}
