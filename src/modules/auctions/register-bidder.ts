import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { stateAt } from './domain/lot.ts'
import { conflictOf } from './domain/registration.ts'
import { addressRange } from './domain/signals/index.ts'
import { databaseTime, type Lot, lockLot } from './lot-repo.ts'
import { assertMaySee } from './policy.ts'
import { listHeldQualifications } from './qualification-view.ts'
import { drawBidderNumber, insertRegistration, type Registration } from './registration-repo.ts'

type Deps = { db: Db; clock: Clock }
export type RegisterBidder = {
  id: Id<'auction'>
  acceptsTerms: boolean
  claimsPriority: boolean
  relatedOrganisationIds: Id<'organisation'>[]
  /** Of the request, for signals of collusion. */
  ip?: string
}

/**
 * An organisation asks to bid for a lot. It is told its number, under which others see its bids; the operator admits it when
 * its deposit has come. @throws CONFLICT_OF_INTEREST, ORGANISATION_NOT_VERIFIED, BIDDER_NOT_ADMITTED, BIDDING_CLOSED
 */
export function registerBidder(
  deps: Deps,
  actor: Principal,
  input: RegisterBidder,
): Promise<{ lot: Lot; registration: Registration }> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const lot = await lockLot(tx, input.id)
    await assertMaySee(tx, actor, lot)
    await assertRegistrable(tx, lot)
    assertNoConflict(lot, actor, input)
    await assertQualified(tx, actor, { lot, input, day: chinaDay(now) })
    const registration = await insertRegistration(tx, {
      ...{ id: newId('auctionRegistration'), lotId: lot.id, orgId: actor.orgId, userId: actor.userId },
      ...{ number: await drawBidderNumber(tx, lot.id), state: 'pending', depositFen: lot.depositFen },
      ...{ claimsPriority: input.claimsPriority, relatedOrgIds: input.relatedOrganisationIds },
      ...{ termsSha256: lot.termsDocument?.sha256 ?? null, createdAt: now },
      addressRange: input.ip === undefined ? null : addressRange(input.ip),
    })
    return { lot, registration }
  })
}

async function assertRegistrable(tx: Tx, lot: Lot): Promise<void> {
  const state = stateAt(lot, await databaseTime(tx))
  if (state === 'announced' || state === 'open') return
  throw new AppError(state === 'draft' ? 'BIDDING_NOT_OPEN' : 'BIDDING_CLOSED', 'The lot takes no registrations.', {
    details: { state },
  })
}

/** The seller, whoever one side declares related, and those who run auctions stay out. */
function assertNoConflict(lot: Lot, actor: Principal, input: RegisterBidder): void {
  const bidder = {
    orgId: actor.orgId,
    relatedOrgIds: input.relatedOrganisationIds,
    isOperator: actor.orgKind === 'market_operator',
  }
  const conflict = conflictOf({ lot, bidder })
  if (conflict === undefined) return
  throw new AppError('CONFLICT_OF_INTEREST', 'The seller, parties related to it and the market may not bid.', {
    details: { conflict },
  })
}

type Judged = { lot: Lot; input: RegisterBidder; day: string }

async function assertQualified(tx: Tx, actor: Principal, { lot, input, day }: Judged): Promise<void> {
  if (!actor.isOrgVerified) {
    throw new AppError('ORGANISATION_NOT_VERIFIED', 'Only a verified organisation may bid.')
  }
  if (!input.acceptsTerms) throw invalidField('#/acceptsTerms', 'terms', 'the terms of the lot must be accepted')
  if (input.claimsPriority && !lot.priorityOrgIds.includes(actor.orgId)) {
    throw invalidField('#/claimsPriority', 'no_priority', 'your organisation is not named as a priority buyer')
  }
  const held = await listHeldQualifications(tx, actor.orgId, day)
  const missing = lot.requiredQualifications.filter((type) => !held.includes(type))
  if (missing.length === 0) return
  throw new AppError('BIDDER_NOT_ADMITTED', 'The lot asks for qualifications that your organisation does not hold.', {
    details: { missingQualifications: missing },
  })
}
