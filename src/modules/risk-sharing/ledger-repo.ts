import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { Entry } from './domain/ledger.ts'
import type { PoolId } from './pool-repo.ts'
import { type Party, riskPoolEntries, riskPoolJournals } from './table.ts'

export type Journal = typeof riskPoolJournals.$inferSelect
export type BookedJournal = { journal: Journal; entries: Entry<Party>[] }

export async function insertJournal(tx: Tx, { journal, entries }: BookedJournal): Promise<void> {
  const { id: journalId, poolId } = journal
  await tx.insert(riskPoolJournals).values(journal)
  await tx
    .insert(riskPoolEntries)
    .values(entries.map((entry, index) => ({ journalId, poolId, number: index + 1, ...entry })))
}

/** Newest first, each with its lines. */
export async function listJournals(db: Db, poolId: PoolId, page: PageRequest): Promise<PageOf<BookedJournal>> {
  const before = page.after?.[0] as unknown as Id<'poolJournal'> | undefined
  const rows = await db
    .select()
    .from(riskPoolJournals)
    .where(and(eq(riskPoolJournals.poolId, poolId), before && lt(riskPoolJournals.id, before)))
    .orderBy(desc(riskPoolJournals.id))
    .limit(page.limit + 1)
  const lines = rows.length === 0 ? [] : await listEntries(db, rows)
  const booked = rows.map((journal) => ({
    journal,
    entries: lines
      .filter(({ journalId }) => journalId === journal.id)
      .map(({ account, party, side, amountFen }) => ({ account, party, side, amountFen })),
  }))
  return pageOf(booked, page.limit, ({ journal }) => [journal.id])
}

function listEntries(db: Db, journals: readonly Journal[]) {
  return db
    .select()
    .from(riskPoolEntries)
    .where(
      inArray(
        riskPoolEntries.journalId,
        journals.map(({ id }) => id),
      ),
    )
    .orderBy(asc(riskPoolEntries.journalId), asc(riskPoolEntries.number))
}
