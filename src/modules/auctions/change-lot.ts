import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { auctionableSupply } from './auctionable-supply.ts'
import { sealReserve } from './hashing.ts'
import { type Lot, type LotChanges, lockLot, updateLot } from './lot-repo.ts'
import { assertSellerOrOperator } from './policy.ts'
import type { ChangeLotBody } from './schemas.ts'

type ChangeLot = { id: Id<'auction'>; version: number; change: ChangeLotBody }

/**
 * Changes terms of a draft, by its seller or the operator; an announcement fixes them for good. A new reserve gets a new seal.
 * @throws NOT_FOUND, TRANSITION_NOT_ALLOWED, PRECONDITION_FAILED, AUCTION_TERMS_REFUSED, VALIDATION_FAILED
 */
export function changeLot(
  deps: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  { id, version, change }: ChangeLot,
): Promise<Lot> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const lot = await lockLot(tx, id)
    await assertSellerOrOperator(tx, actor, lot)
    if (lot.state !== 'draft') {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'Only a draft can be changed: the terms of others are announced.', {
        details: { state: lot.state },
      })
    }
    if (lot.version !== version) throw versionConflict(lot.version)
    const changes = { ...columnsOf(change), ...sealOf(deps.vault, id, change) }
    const { saleMode, opensAt, plannedEndsAt } = { ...lot, ...changes }
    if (plannedEndsAt <= opensAt) throw invalidField('#/endsAt', 'order', 'must be after opensAt')
    if (change.saleMode !== undefined) await auctionableSupply(tx, { ...lot, saleMode, now })
    return updateLot(tx, id, { ...changes, updatedAt: now })
  })
}

function columnsOf(change: ChangeLotBody): LotChanges {
  const { opensAt, endsAt, requiredQualifications, priorityOrganisationIds, relatedOrganisationIds } = change
  const { reserveFen: _sealed, ...terms } = change
  const { saleMode, startFen, ladder, depositFen, valuationFen, valuedOn, valuedBy, termsDocument } = terms
  const columns = {
    ...{ saleMode, startFen, ladder, depositFen, valuationFen, valuedOn, valuedBy, termsDocument },
    ...{ requiredQualifications, priorityOrgIds: priorityOrganisationIds, relatedOrgIds: relatedOrganisationIds },
    opensAt: opensAt && new Date(opensAt),
    plannedEndsAt: endsAt && new Date(endsAt),
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

function sealOf(vault: Vault, id: Id<'auction'>, { reserveFen }: ChangeLotBody): LotChanges {
  if (reserveFen === undefined) return {}
  const { box, commitment } = sealReserve(vault, id, reserveFen)
  return { reserveBox: box, reserveCommitment: commitment }
}
