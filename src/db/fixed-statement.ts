import type pg from 'pg'
import type { Db } from './client.ts'

export type FixedStatement<Row> = (db: Db, values: readonly unknown[]) => Promise<Row[]>

/**
 * A statement whose text never changes, planned once for each connection under its name. For the few that are long and asked
 * thousands of times a second: planning a bid anew takes longer than the bid. Not for lists, nor for tables that grow while it
 * is used: a kept plan does not see that (ADR 0019). Values arrive as pg's types: instants are Dates.
 */
export function fixedStatement<Row extends pg.QueryResultRow>(name: string, text: string): FixedStatement<Row> {
  return async (db, values) => {
    const { $client } = db as Db & { $client: pg.Pool | pg.PoolClient }
    const { rows } = await $client.query<Row>({ name, text, values: [...values] })
    return rows
  }
}

/**
 * The name for `prepare` of a statement that drizzle builds once for each handle and the server plans each time, as a list or a table
 * that grows wants it. To build one anew costs 0.2 ms of this process.
 */
export const plannedEachTime = ''
