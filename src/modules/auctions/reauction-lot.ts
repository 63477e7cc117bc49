import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { auctionableSupply } from './auctionable-supply.ts'
import { reauctionFaults } from './domain/reauction.ts'
import { sealReserve } from './hashing.ts'
import { insertLot, type Lot, lockLot } from './lot-repo.ts'
import { assertSellerOrOperator } from './policy.ts'
import type { ReauctionBody } from './schemas.ts'
import { getSession } from './session-repo.ts'

type Deps = { db: Db; clock: Clock; vault: Vault }

/**
 * Brings a lot that found no buyer back as a new draft, in its next round and cheaper by no more than the rules of the first
 * announcement allow. @throws TRANSITION_NOT_ALLOWED, AUCTION_TERMS_REFUSED, ALREADY_EXISTS
 */
export function reauctionLot(
  deps: Deps,
  actor: Principal,
  { id, ...input }: ReauctionBody & { id: Id<'auction'> },
): Promise<Lot> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const before = await lockLot(tx, id)
    await assertSellerOrOperator(tx, actor, before)
    const { rules, closedAt } = before
    const isFree = before.state === 'defaulted' || (before.state === 'closed' && before.outcome === 'unsold')
    if (!isFree || rules === null || closedAt === null) {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'Only a lot that found no buyer comes back.', {
        details: { state: before.state, outcome: before.outcome },
      })
    }
    const faults = reauctionFaults({ startFen: before.startFen, closedAt }, input, { rules, now })
    if (faults.length > 0) {
      throw new AppError('AUCTION_TERMS_REFUSED', faults.map(({ message }) => message).join('; '), {
        details: { faults },
      })
    }
    const session = await getSession(tx, input.sessionId ?? before.sessionId)
    await auctionableSupply(tx, { ...before, market: session.market, now })
    const next = newId('auction')
    const seal = sealReserve(deps.vault, next, input.reserveFen)
    return insertLot(tx, {
      ...keptOf(before),
      ...{ id: next, sessionId: session.id, market: session.market, state: 'draft' },
      ...{ startFen: input.startFen, depositFen: input.depositFen, round: before.round + 1, previousLotId: id },
      ...{ opensAt: new Date(input.opensAt), plannedEndsAt: new Date(input.endsAt) },
      ...{ reserveBox: seal.box, reserveCommitment: seal.commitment },
      ...{ createdBy: actor.userId, createdAt: now, updatedAt: now },
    })
  })
}

function keptOf(lot: Lot) {
  const { supplyId, sellerOrgId, title, fields, saleMode, ladder, valuationFen, valuedOn, valuedBy } = lot
  const { termsDocument, requiredQualifications, priorityOrgIds, relatedOrgIds } = lot
  return {
    ...{ supplyId, sellerOrgId, title, fields, saleMode, ladder, valuationFen, valuedOn, valuedBy },
    ...{ termsDocument, requiredQualifications, priorityOrgIds, relatedOrgIds },
  }
}
