import type pg from 'pg'
import type { Db } from './client.ts'

export type FixedStatement<Row> = (db: Db, values: readonly unknown[]) => Promise<Row[]>

/**
 * A statement whose text never changes, so that nothing builds it again: for the few that are asked thousands of times a second.
 * The connection keeps its plan (see `nameStatements`). Values arrive as pg's types: instants are Dates.
 */
export function fixedStatement<Row extends pg.QueryResultRow>(text: string): FixedStatement<Row> {
  return async (db, values) => {
    const { $client } = db as Db & { $client: pg.Pool | pg.PoolClient }
    const { rows } = await $client.query<Row>({ text, values: [...values] })
    return rows
  }
}
