import { and, count, desc, eq, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { DeedKind } from './domain/deed.ts'
import { brokerDeeds } from './table.ts'

export type Deed = typeof brokerDeeds.$inferSelect

/** A fact that comes again adds nothing. */
export async function insertDeeds(db: Db, deeds: Deed[]): Promise<void> {
  if (deeds.length === 0) return
  await db.insert(brokerDeeds).values(deeds).onConflictDoNothing()
}

type Wanted = { userId: Id<'user'>; kind?: DeedKind | undefined; page: PageRequest }

/** Newest first. */
export async function listDeedsOf(db: Db, { userId, kind, page }: Wanted): Promise<PageOf<Deed>> {
  const before = lastIdOf<'event'>(page.after)
  const rows = await db
    .select()
    .from(brokerDeeds)
    .where(
      and(
        eq(brokerDeeds.userId, userId),
        kind && eq(brokerDeeds.kind, kind),
        before && lt(brokerDeeds.eventId, before),
      ),
    )
    .orderBy(desc(brokerDeeds.eventId))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ eventId }) => [eventId])
}

export type DeedCount = { kind: DeedKind; action: string; count: number }

/** How many of each, in the order of the alphabet. */
export function countDeedsOf(db: Db, userId: Id<'user'>): Promise<DeedCount[]> {
  const { kind, action } = brokerDeeds
  return db
    .select({ kind, action, count: count() })
    .from(brokerDeeds)
    .where(eq(brokerDeeds.userId, userId))
    .groupBy(kind, action)
    .orderBy(kind, action)
}
