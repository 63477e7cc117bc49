import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import type { Tx } from '../db/tx.ts'
import { impossible } from '../kernel/assert.ts'
import { streamCounters } from './table.ts'

/** The last number given; undefined while another sequencer holds the counter. */
export async function lockCounter(tx: Tx, name: string): Promise<number | undefined> {
  const [row] = await tx
    .select({ last: streamCounters.last })
    .from(streamCounters)
    .where(eq(streamCounters.name, name))
    .for('update', { skipLocked: true })
  return row?.last
}

export async function updateLast(tx: Tx, name: string, last: number): Promise<void> {
  await tx.update(streamCounters).set({ last }).where(eq(streamCounters.name, name))
}

/** Between `floor` and `last` everything can be read again: `last` is the newest, what is up to `floor` may be gone. */
export type Extent = { floor: number; last: number }

export async function getExtent(db: Db, name: string): Promise<Extent> {
  const [row] = await db.select().from(streamCounters).where(eq(streamCounters.name, name))
  return row ?? impossible(`the sequence ${name} has no counter: its migration must insert one`)
}

/** To be called in the transaction that deletes numbered rows, with the highest of their numbers. */
export async function raiseFloor(tx: Tx, name: string, seq: number): Promise<void> {
  await tx
    .update(streamCounters)
    .set({ floor: sql`greatest(${streamCounters.floor}, ${seq})` })
    .where(eq(streamCounters.name, name))
}
