import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { memoryLiveChannel } from '../../src/adapters/live/memory.ts'
import { withTx } from '../../src/db/tx.ts'
import { getExtent, raiseFloor, type Sequence, sequenceRows } from '../../src/sequencer/index.ts'
import { useTestDatabase } from '../support/db.ts'

const database = useTestDatabase()

beforeAll(() => database.pool.query('create table facts (id integer primary key, seq bigint unique)'))
beforeEach(async () => {
  await database.reset()
  await database.pool.query(`insert into stream_counters (name) values ('facts')`)
})

const facts: Sequence = {
  name: 'facts',
  numberRows: async (tx, { last, limit }) => {
    const { rowCount } = await tx.execute(sql`update facts set seq = ${last}::bigint + batch.n
      from (select id, row_number() over (order by id) as n
            from (select id from facts where seq is null order by id limit ${limit}) as open) as batch
      where facts.id = batch.id`)
    return { count: rowCount ?? 0, topics: (rowCount ?? 0) > 0 ? ['facts'] : [] }
  },
}

const insert = (...ids: number[]) => database.pool.query(`insert into facts select unnest($1::int[])`, [ids])
const numbered = async () => {
  const { rows } = await database.pool.query('select id, seq from facts where seq is not null order by seq')
  return rows.map(({ id, seq }) => [id, seq])
}
const deps = () => ({ db: database.db, live: memoryLiveChannel() })

describe('sequenceRows', () => {
  it('numbers what is committed without gaps, batch after batch', async () => {
    await insert(1, 2, 3)
    expect(await sequenceRows(deps(), facts, 2)).toBe(2)
    expect(await sequenceRows(deps(), facts, 2)).toBe(1)
    expect(await sequenceRows(deps(), facts, 2)).toBe(0)
    await insert(4)
    await sequenceRows(deps(), facts)
    expect(await numbered()).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ])
    expect(await getExtent(database.db, 'facts')).toMatchObject({ last: 4, floor: 0 })
  })

  it('gives a late commit a higher number, so that no reader has passed it (D11)', async () => {
    await withTx(database.db, async (tx) => {
      await tx.execute(sql`insert into facts values (1)`)
      await insert(2)
      await sequenceRows(deps(), facts)
      expect(await numbered()).toEqual([[2, 1]])
    })
    await sequenceRows(deps(), facts)
    expect(await numbered()).toEqual([
      [2, 1],
      [1, 2],
    ])
  })

  it('lets one at a time number, and another pass by instead of waiting', async () => {
    await insert(1)
    await withTx(database.db, async (tx) => {
      await tx.execute(sql`select from stream_counters where name = 'facts' for update`)
      expect(await sequenceRows(deps(), facts)).toBe(0)
    })
    const counts = await Promise.all(Array.from({ length: 5 }, () => sequenceRows(deps(), facts)))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
  })

  it('wakes the streams after the numbers are there', async () => {
    const { db, live } = deps()
    const seen: number[] = []
    const woken = new Promise<void>((resolve) => {
      live.listen(['facts'], async () => {
        seen.push((await numbered()).length)
        resolve()
      })
    })
    await insert(7)
    await sequenceRows({ db, live }, facts)
    await woken
    expect(seen).toEqual([1])
  })

  it('never lowers the floor', async () => {
    await insert(1, 2, 3)
    await sequenceRows(deps(), facts)
    for (const seq of [2, 1]) await withTx(database.db, (tx) => raiseFloor(tx, 'facts', seq))
    expect(await getExtent(database.db, 'facts')).toMatchObject({ floor: 2, last: 3 })
  })
})
