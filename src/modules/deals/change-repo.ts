import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { dealChanges } from './table.ts'

export type DealHistoryEntry = typeof dealChanges.$inferSelect

export async function insertDealChange(tx: Tx, entry: DealHistoryEntry): Promise<void> {
  await tx.insert(dealChanges).values(entry)
}

/** Newest first. */
export async function listDealChanges(
  db: Db,
  dealId: Id<'deal'>,
  { limit, after }: PageRequest,
): Promise<PageOf<DealHistoryEntry>> {
  const before = after?.[0]
  const rows = await db
    .select()
    .from(dealChanges)
    .where(
      and(eq(dealChanges.dealId, dealId), before === undefined ? undefined : lt(dealChanges.version, Number(before))),
    )
    .orderBy(desc(dealChanges.version))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ version }) => [String(version)])
}
