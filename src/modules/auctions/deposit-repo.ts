import { randomUUID } from 'node:crypto'
import { asc, eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { auctionDepositEntries } from './bidder-table.ts'
import { type DepositMove, depositEntries } from './domain/deposit.ts'

export type DepositEntryRow = typeof auctionDepositEntries.$inferSelect

type Move = {
  registrationId: Id<'auctionRegistration'>
  move: DepositMove
  amountFen: number
  reference?: string | undefined
  movedBy?: Id<'user'> | undefined
  at: Date
}

/** Both sides of a move in one statement; the commit refuses them unless they cancel out. */
export async function insertDepositMove(tx: Tx, { amountFen, move, ...rest }: Move): Promise<void> {
  const entries = depositEntries(move, amountFen)
  if (entries.length === 0) return
  const moveId = randomUUID()
  await tx.insert(auctionDepositEntries).values(entries.map((entry) => ({ moveId, move, ...entry, ...rest })))
}

export function listDepositEntries(db: Db, registrationId: Id<'auctionRegistration'>): Promise<DepositEntryRow[]> {
  return db
    .select()
    .from(auctionDepositEntries)
    .where(eq(auctionDepositEntries.registrationId, registrationId))
    .orderBy(asc(auctionDepositEntries.id))
}
