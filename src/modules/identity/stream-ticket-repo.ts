import { and, eq, gt, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { streamTickets } from './table.ts'

export type StreamTicket = typeof streamTickets.$inferSelect

export async function insertStreamTicket(db: Db, ticket: StreamTicket): Promise<void> {
  await db.insert(streamTickets).values(ticket)
}

/** Spends the ticket: of many who bring it, one gets its session. Another path leaves it unspent. */
export async function deleteStreamTicket(
  db: Db,
  { hash, path }: Pick<StreamTicket, 'hash' | 'path'>,
  now: Date,
): Promise<Id<'session'> | undefined> {
  const [row] = await db
    .delete(streamTickets)
    .where(and(eq(streamTickets.hash, hash), eq(streamTickets.path, path), gt(streamTickets.expiresAt, now)))
    .returning({ sessionId: streamTickets.sessionId })
  return row?.sessionId
}

export async function deleteStreamTicketsExpiredBefore(db: Db, instant: Date): Promise<void> {
  await db.delete(streamTickets).where(lt(streamTickets.expiresAt, instant))
}
