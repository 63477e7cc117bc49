import type { Tx } from '../../db/tx.ts'
import { getMarket } from '../markets/index.ts'
import type { Deal, DealChange } from './deal-repo.ts'
import { type Commission, commissionOf } from './domain/commission.ts'
import { isClosed } from './domain/stage.ts'

/**
 * The commission as a change leaves it: computed when the contract is signed, anew when it is registered and when the shares
 * change, and gone with a deal that is dropped. The rate is the market's of the day of signing; a later one does not touch it.
 */
export async function commissionAfter(tx: Tx, before: Deal, change: DealChange): Promise<Commission | null> {
  const after = { ...before, ...change }
  if (!isClosed(after.stage)) return null
  const rateBp = before.commission?.rateBp ?? (await getMarket(tx, before.market)).rules.commissionBp
  return commissionOf(after, rateBp)
}
