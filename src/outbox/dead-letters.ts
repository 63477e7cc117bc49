import { and, asc, gt, inArray, isNotNull, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import type { Id } from '../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../kernel/page.ts'
import { outboxEvents } from './table.ts'

export type DeadEvent = Omit<typeof outboxEvents.$inferSelect, 'deadAt'> & { deadAt: Date }

/** Events that failed ten times, oldest first. */
export async function listDeadEvents(db: Db, { limit, after }: PageRequest): Promise<PageOf<DeadEvent>> {
  const { seq, deadAt } = outboxEvents
  const rows = await db
    .select()
    .from(outboxEvents)
    .where(and(isNotNull(deadAt), gt(seq, Number(after?.[0] ?? 0))))
    .orderBy(asc(seq))
    .limit(limit + 1)
  return pageOf(rows as DeadEvent[], limit, (event) => [String(event.seq)])
}

/** Lets the relay try again, with ten new attempts, after the reason is gone. Returns how many were dead. */
export async function replayDeadEvents(db: Db, ids: readonly Id<'event'>[]): Promise<number> {
  return updateDead(db, ids, { attempts: 0, deadAt: null, availableAt: sql`clock_timestamp()` })
}

/** Gives events up for good; the row stays with its last error until the purge. Returns how many were dead. */
export async function discardDeadEvents(db: Db, ids: readonly Id<'event'>[]): Promise<number> {
  return updateDead(db, ids, { deadAt: null, doneAt: sql`clock_timestamp()` })
}

type Change = Parameters<ReturnType<Db['update']>['set']>[0]

async function updateDead(db: Db, ids: readonly Id<'event'>[], change: Change): Promise<number> {
  if (ids.length === 0) return 0
  const isDead = and(inArray(outboxEvents.id, [...ids]), isNotNull(outboxEvents.deadAt))
  const { rowCount } = await db.update(outboxEvents).set(change).where(isDead)
  return rowCount ?? 0
}
