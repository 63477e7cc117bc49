import { and, desc, eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { introductionMeetings } from './table.ts'

export type Meeting = typeof introductionMeetings.$inferSelect

export async function insertMeeting(tx: Tx, meeting: Meeting): Promise<void> {
  await tx.insert(introductionMeetings).values(meeting)
}

/** Held by the lock of its introduction. @throws NOT_FOUND also for a meeting of another introduction. */
export async function getMeeting(
  db: Db,
  { id, introductionId }: { id: Id<'introductionMeeting'>; introductionId: Id<'introduction'> },
): Promise<Meeting> {
  const isIt = and(eq(introductionMeetings.id, id), eq(introductionMeetings.introductionId, introductionId))
  const [row] = await db.select().from(introductionMeetings).where(isIt)
  if (row) return row
  throw notFound('meeting')
}

/** Newest first. */
export async function listMeetingsOf(db: Db, introductionId: Id<'introduction'>): Promise<Meeting[]> {
  return db
    .select()
    .from(introductionMeetings)
    .where(eq(introductionMeetings.introductionId, introductionId))
    .orderBy(desc(introductionMeetings.id))
    .limit(100)
}

export async function updateMeeting(
  tx: Tx,
  id: Id<'introductionMeeting'>,
  changes: Partial<Pick<Meeting, 'state' | 'agreedStart' | 'settledBy' | 'settledAt'>>,
): Promise<void> {
  await tx.update(introductionMeetings).set(changes).where(eq(introductionMeetings.id, id))
}
