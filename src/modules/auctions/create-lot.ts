import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import type { Listing } from '../listings/index.ts'
import { auctionableSupply } from './auctionable-supply.ts'
import { addressRange } from './domain/signals/index.ts'
import { sealReserve } from './hashing.ts'
import { insertLot, type Lot } from './lot-repo.ts'
import { isOperatorOf } from './policy.ts'
import type { CreateLotBody } from './schemas.ts'
import { getSession } from './session-repo.ts'

/** `ip`: of the request, for signals of collusion. */
export type CreateLot = CreateLotBody & { ip?: string }

/**
 * A draft lot from a published supply, by its owner or by the operator. The reserve is sealed before anything is stored and
 * is in no row, log or answer from here on.
 */
export function createLot(
  deps: { db: Db; clock: Clock; vault: Vault },
  actor: Principal,
  input: CreateLot,
): Promise<Lot> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const { market } = await getSession(tx, input.sessionId)
    const supply = await auctionableSupply(tx, { ...input, market, now })
    if (supply.orgId !== actor.orgId && !(await isOperatorOf(tx, actor, market))) throw notFound('published supply')
    const id = newId('auction')
    const seal = sealReserve(deps.vault, id, input.reserveFen)
    return insertLot(tx, {
      ...termsOf(input),
      ...factsOf(supply),
      id,
      market,
      sessionId: input.sessionId,
      supplyId: input.supplyId,
      state: 'draft',
      addressRange: input.ip === undefined ? null : addressRange(input.ip),
      reserveBox: seal.box,
      reserveCommitment: seal.commitment,
      createdBy: actor.userId,
      createdAt: now,
      updatedAt: now,
    })
  })
}

function termsOf(input: CreateLotBody) {
  const { saleMode, startFen, ladder, depositFen, valuationFen, valuedOn, valuedBy, termsDocument } = input
  return {
    ...{ saleMode, startFen, ladder, depositFen, valuationFen, valuedOn, valuedBy },
    termsDocument: termsDocument ?? null,
    requiredQualifications: input.requiredQualifications,
    priorityOrgIds: input.priorityOrganisationIds,
    relatedOrgIds: input.relatedOrganisationIds,
    opensAt: new Date(input.opensAt),
    plannedEndsAt: new Date(input.endsAt),
  }
}

/** The title and fields as they are now: a later edit of the supply changes no lot. */
function factsOf({ orgId, content: { title, fields } }: Listing) {
  return { sellerOrgId: orgId, title, fields }
}
