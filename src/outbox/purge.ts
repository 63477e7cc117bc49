import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'

const batch = 1_000

/**
 * Deletes done events after 7 days and idempotency keys after their end. In batches of 1,000, each its own transaction:
 * one large DELETE would hold its rows and its snapshot for minutes. Dead events stay until somebody decides.
 */
export async function purgeExpired(db: Db): Promise<{ events: number; idempotencyKeys: number }> {
  const events = await deleteInBatches(
    db,
    sql`delete from outbox_events where ctid = any(array(
      select ctid from outbox_events where done_at < clock_timestamp() - interval '7 days' limit ${batch}
      for update skip locked))`,
  )
  const idempotencyKeys = await deleteInBatches(
    db,
    sql`delete from idempotency_keys where ctid = any(array(
      select ctid from idempotency_keys where expires_at < clock_timestamp() limit ${batch}
      for update skip locked))`,
  )
  return { events, idempotencyKeys }
}

async function deleteInBatches(db: Db, statement: SQL): Promise<number> {
  let total = 0
  for (;;) {
    const { rowCount } = await db.execute(statement)
    total += rowCount ?? 0
    if ((rowCount ?? 0) < batch) return total
  }
}
