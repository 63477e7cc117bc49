import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { assertNever } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { getAward, getLot, listRegistrationsOfLots } from '../auctions/index.ts'
import { listMembersOf } from '../joint-demands/index.ts'
import { findListings, type ListingId } from '../listings/index.ts'
import { marketAncestors } from '../markets/index.ts'
import type { PublicEventType } from './domain/event-types.ts'
import type { MessageIds } from './domain/message.ts'
import { planDeliveries } from './plan-deliveries.ts'
import { listReviewingSubscribers, listSubscribersOf, listSubscribersOfUser } from './subscriber-view.ts'

/**
 * Whom a fact concerns: the owner of a listing, organisations that are named, that of a user, the seller and the admitted bidders of a lot, the
 * seller and the other side of an award, the members of a joint demand (all, or those who agreed), or those who review a market's
 * matches.
 */
export type Audience =
  | { of: 'listing'; listingId: ListingId }
  | { of: 'organisations'; orgIds: Id<'organisation'>[] }
  | { of: 'user'; userId: Id<'user'> }
  | { of: 'lot'; lotId: Id<'auction'> }
  | { of: 'award'; lotId: Id<'auction'>; awardId: Id<'auctionAward'> }
  | { of: 'members'; jointDemandId: Id<'jointDemand'>; who: 'all' | 'agreed' }
  | { of: 'reviewers'; market: string; sides: ListingId[] }

export type PublicFact = {
  eventId: Id<'event'>
  occurredAt: Date
  type: PublicEventType
  data: MessageIds
  audience: Audience
}

/** Makes one delivery for every endpoint that asked for the fact and whose organisation it concerns; again makes no more. */
export async function fanOutWebhook(deps: { db: Db; clock: Clock }, fact: PublicFact): Promise<undefined> {
  const now = deps.clock.now()
  const { audience, ...message } = fact
  await withTx(deps.db, async (tx) => {
    const endpointIds = await subscribersOf(tx, fact.type, audience)
    await planDeliveries(tx, { ...message, endpointIds, now })
  })
}

async function subscribersOf(db: Db, type: PublicEventType, audience: Audience): Promise<Id<'webhookEndpoint'>[]> {
  switch (audience.of) {
    case 'listing':
      return listSubscribersOf(db, type, await ownersOf(db, [audience.listingId]))
    case 'organisations':
      return listSubscribersOf(db, type, audience.orgIds)
    case 'user':
      return listSubscribersOfUser(db, type, audience.userId)
    case 'lot':
      return listSubscribersOf(db, type, [await sellerOf(db, audience.lotId), ...(await biddersOf(db, audience.lotId))])
    case 'award': {
      const { orgId } = await getAward(db, audience.awardId)
      return listSubscribersOf(db, type, [await sellerOf(db, audience.lotId), orgId])
    }
    case 'members':
      return listSubscribersOf(db, type, await membersOf(db, audience))
    case 'reviewers': {
      const markets = await marketAncestors(db, audience.market)
      return listReviewingSubscribers(db, type, { markets, except: await ownersOf(db, audience.sides) })
    }
    default:
      return assertNever(audience)
  }
}

async function ownersOf(db: Db, ids: readonly ListingId[]): Promise<Id<'organisation'>[]> {
  return (await findListings(db, ids)).map(({ orgId }) => orgId)
}

async function membersOf(
  db: Db,
  { jointDemandId, who }: Extract<Audience, { of: 'members' }>,
): Promise<Id<'organisation'>[]> {
  const members = await listMembersOf(db, [jointDemandId])
  return members.filter(({ answer }) => who === 'all' || answer === who).map(({ orgId }) => orgId)
}

async function sellerOf(db: Db, lotId: Id<'auction'>): Promise<Id<'organisation'>> {
  return (await getLot(db, lotId)).sellerOrgId
}

async function biddersOf(db: Db, lotId: Id<'auction'>): Promise<Id<'organisation'>[]> {
  const registrations = await listRegistrationsOfLots(db, [lotId])
  return registrations.filter(({ state }) => state === 'admitted').map(({ orgId }) => orgId)
}
