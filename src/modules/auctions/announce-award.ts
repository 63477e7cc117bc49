import type { Tx } from '../../db/tx.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { Award } from './award-repo.ts'
import { lotAwarded } from './events.ts'
import type { Lot } from './lot-repo.ts'

/** Tells that the lot is somebody's to pay for; deals and notifications follow from it. */
export function announceAward(tx: Tx, lot: Lot, award: Award, at: Date): Promise<void> {
  const { market, supplyId, sellerOrgId, saleMode } = lot
  const { id: awardId, orgId: buyerOrgId, amountFen } = award
  const fact = { lotId: lot.id, awardId, market, supplyId, sellerOrgId, buyerOrgId, saleMode, amountFen }
  return appendEvents(tx, [lotAwarded(fact, at)])
}
