import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { plannedAnew } from '../../src/db/named-statements.ts'
import { withTx } from '../../src/db/tx.ts'
import { useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()

/** What the server keeps for the connection of one transaction, after the statement ran so often in it. */
async function keptAfter(times: number, text: string): Promise<number> {
  return withTx(database.db, async (tx) => {
    for (let time = 0; time < times; time += 1) {
      const { rows } = await tx.execute<{ sum: number }>(sql`${sql.raw(text)} ${time}::int + 1 as sum`)
      expect(rows).toEqual([{ sum: time + 1 }])
    }
    const { rows } = await tx.execute<{ statement: string }>(sql`select statement from pg_prepared_statements`)
    return rows.filter(({ statement }) => statement.startsWith(text)).length
  })
}

it('keeps the plan of a statement that comes often, and answers the same with it', async () => {
  expect(await keptAfter(2, 'select /* rare */')).toBe(0)
  expect(await keptAfter(5, 'select /* frequent */')).toBe(1)
})

it('keeps no plan of a statement that asks to be planned anew', async () => {
  expect(await keptAfter(5, `${plannedAnew} select`)).toBe(0)
})

it('keeps the types that a statement is read with', async () => {
  for (let time = 0; time < 5; time += 1) {
    const { rows } = await database.db.execute(sql`select ${time}::bigint as amount, '2026-03-02'::date as day`)
    expect(rows).toEqual([{ amount: time, day: '2026-03-02' }])
  }
})
