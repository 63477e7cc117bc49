import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Column } from 'drizzle-orm'
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { givenColumns, remembering } from './row-columns.ts'
import { inStatementSpan } from './trace-queries.ts'
import type { Tx } from './tx.ts'

/** PostgreSQL stores the rows of one piece while the next is written. */
const pieceLength = 64_000

/**
 * Inserts rows by COPY. A column that no row names gets its default. A JSON document PostgreSQL reads as a whole before it
 * stores the first row, which took 54 µs for each row of an import. For a few rows: `insertMany`.
 */
export async function copyMany<T extends PgTable>(tx: Tx, table: T, rows: readonly T['$inferInsert'][]): Promise<void> {
  const columns = givenColumns(table, rows)
  const names = columns.map(([, { name }]) => quoted(name)).join(', ')
  const text = `copy ${quoted(getTableConfig(table).name)} (${names}) from stdin`
  const { $client } = tx as Tx & { $client: pg.PoolClient }
  await inStatementSpan([text], () => pipeline(Readable.from(piecesOf(columns, rows)), $client.query(copyFrom(text))))
}

function* piecesOf(columns: readonly [string, Column][], rows: readonly Record<string, unknown>[]): Generator<Buffer> {
  const encoders = columns.map(([property, column]) => ({
    property,
    encode: remembering((value) => encoded(column, value)),
  }))
  let piece = ''
  for (const row of rows) {
    const fields = encoders.map(({ property, encode }) => encode(row[property]))
    piece += `${fields.join('\t')}\n`
    if (piece.length < pieceLength) continue
    yield Buffer.from(piece)
    piece = ''
  }
  if (piece !== '') yield Buffer.from(piece)
}

/** The text format of COPY, section "File Formats" of its page in PostgreSQL's manual. */
function encoded(column: Column, value: unknown): string {
  if (value === undefined || value === null) return '\\N'
  const driver = column.mapToDriverValue(value)
  if (Buffer.isBuffer(driver)) return `\\\\x${driver.toString('hex')}`
  const text = String(driver)
  return special.test(text) ? text.replace(specials, escaped) : text
}

const special = /[\\\t\n\r]/
const specials = /[\\\t\n\r]/g
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escaped(character: string): string {
  return escapes[character] ?? character
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
