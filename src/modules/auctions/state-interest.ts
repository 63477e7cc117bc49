import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findListing } from '../listings/index.ts'
import type { InterestBand } from './domain/interest.ts'
import { conflictOf } from './domain/registration.ts'
import { deleteInterest, type Interest, upsertInterest } from './interest-repo.ts'

type Deps = { db: Db; clock: Clock }
type StateInterest = { supplyId: Id<'supply'>; band: InterestBand }

/**
 * An organisation says that it would bid for a supply, and in which band. It binds nobody: the seller sees counts and sets a
 * reserve that somebody reaches. @throws NOT_FOUND, CONFLICT_OF_INTEREST, ORGANISATION_NOT_VERIFIED
 */
export async function stateInterest(
  deps: Deps,
  actor: Principal,
  { supplyId, band }: StateInterest,
): Promise<Interest> {
  const { orgId: sellerOrgId, market } = await publishedSupply(deps.db, supplyId)
  const bidder = { orgId: actor.orgId, relatedOrgIds: [], isOperator: actor.orgKind === 'market_operator' }
  if (conflictOf({ lot: { sellerOrgId, relatedOrgIds: [], market }, bidder }) !== undefined) {
    throw new AppError('CONFLICT_OF_INTEREST', 'Whoever sells or runs auctions may not bid.')
  }
  if (!actor.isOrgVerified) throw new AppError('ORGANISATION_NOT_VERIFIED', 'Only a verified organisation may bid.')
  const now = deps.clock.now()
  const { orgId, userId } = actor
  return upsertInterest(deps.db, { supplyId, orgId, userId, band, createdAt: now, updatedAt: now })
}

/** Takes it back; without effect where there is none. @throws NOT_FOUND */
export async function withdrawInterest(deps: { db: Db }, actor: Principal, supplyId: Id<'supply'>): Promise<void> {
  await publishedSupply(deps.db, supplyId)
  await deleteInterest(deps.db, supplyId, actor.orgId)
}

async function publishedSupply(db: Db, id: Id<'supply'>) {
  const supply = await findListing(db, id)
  if (supply?.state === 'published') return supply
  throw notFound('supply')
}
