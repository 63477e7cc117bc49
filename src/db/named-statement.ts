import type pg from 'pg'
import type { Db } from './client.ts'

export type NamedStatement<Row> = (db: Db, values: readonly unknown[]) => Promise<Row[]>

/**
 * A statement whose text never changes, planned once for each connection under its name. For the few that are long and
 * asked often: planning a bid anew takes longer than the bid. Values arrive as pg's types: instants are Dates.
 */
export function namedStatement<Row extends pg.QueryResultRow>(name: string, text: string): NamedStatement<Row> {
  return async (db, values) => {
    const { $client } = db as Db & { $client: pg.Pool | pg.PoolClient }
    const { rows } = await $client.query<Row>({ name, text, values: [...values] })
    return rows
  }
}
