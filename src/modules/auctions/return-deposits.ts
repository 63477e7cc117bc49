import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { type MoveContext, moveDeposit } from './move-deposit.ts'
import { lockFrozenRegistrations } from './registration-repo.ts'

/** Gives the held deposits of a lot back, except those of `keep`. @returns how many. */
export async function returnDeposits(
  tx: Tx,
  lotId: Id<'auction'>,
  { keep = [], ...context }: MoveContext & { keep?: readonly Id<'auctionRegistration'>[] },
): Promise<number> {
  const frozen = await lockFrozenRegistrations(tx, lotId, keep)
  for (const registration of frozen) await moveDeposit(tx, registration, { ...context, move: 'return' })
  return frozen.length
}
