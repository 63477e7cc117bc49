import type { Tx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type Award, listAwards } from './award-repo.ts'
import type { AwardState } from './domain/award.ts'
import { type Lot, lockLot } from './lot-repo.ts'

export type HeldAward = { lot: Lot; award: Award; awards: Award[] }

/**
 * Locks the lot, and with it all of its awards, and finds the one in this state. The policy comes first, so that whoever may
 * not see the lot does not learn its state. @throws NOT_FOUND, TRANSITION_NOT_ALLOWED
 */
export async function holdAward(
  tx: Tx,
  lotId: Id<'auction'>,
  { state, policy }: { state: AwardState; policy: (lot: Lot) => Promise<void> },
): Promise<HeldAward> {
  const lot = await lockLot(tx, lotId)
  await policy(lot)
  const awards = await listAwards(tx, lotId)
  const award = awards.find((one) => one.state === state)
  if (award !== undefined) return { lot, award, awards }
  throw new AppError('TRANSITION_NOT_ALLOWED', `The lot has no award that is ${state}.`, {
    details: { state: lot.state },
  })
}
