import type { Db } from '../../db/client.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { listAwards } from './award-repo.ts'
import { type Bid, listBids } from './bid-repo.ts'
import { type Signal, type SignalBidder, type SignalFacts, signalsOf } from './domain/signals/index.ts'
import { findBook, getLot, type Lot } from './lot-repo.ts'
import { assertOperatorOf } from './policy.ts'
import { listRegistrationsOfLots, type Registration } from './registration-repo.ts'
import { listMailDomains, listPastLots, listRelations } from './signal-view.ts'

const pastDays = 2 * 365

/** What the operator may want to look at in a lot's bidding. @throws NOT_FOUND for everybody else */
export async function readSignals(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  id: Id<'auction'>,
): Promise<Signal[]> {
  const lot = await getLot(deps.db, id)
  await assertOperatorOf(deps.db, actor, lot.market)
  return signalsOf(await factsOf(deps, lot))
}

async function factsOf({ db, clock }: { db: Db; clock: Clock }, lot: Lot): Promise<SignalFacts> {
  const registrations = await listRegistrationsOfLots(db, [lot.id])
  const bids = await listBids(db, lot.id)
  const awards = await listAwards(db, lot.id)
  const book = await findBook(db, lot.id)
  const bidderIds = registrations.map(({ orgId }) => orgId)
  const all = [lot.sellerOrgId, ...bidderIds]
  const [domains, relations] = [await listMailDomains(db, all), await listRelations(db, all, lot.id)]
  const since = addDays(clock.now(), -pastDays)
  const partyOf = (orgId: string, addressRange: string | null) => ({
    ...{ orgId, addressRange, relatedOrgIds: relations.get(orgId) ?? [] },
    mailDomains: domains.get(orgId) ?? [],
  })
  return {
    seller: partyOf(lot.sellerOrgId, lot.addressRange),
    bidders: registrations.map((one) => ({ ...partyOf(one.orgId, one.addressRange), ...standingOf(one, bids) })),
    past: bidderIds.length === 0 ? [] : await listPastLots(db, { orgIds: bidderIds, except: lot.id, since }),
    defaultedOrgIds: awards.filter(({ state }) => state === 'defaulted').map(({ orgId }) => orgId),
    endsAtMs: (book?.endsAt ?? lot.plannedEndsAt).getTime(),
    softCloseMs: (lot.rules?.softCloseMinutes ?? 0) * 60_000,
  }
}

function standingOf(
  { id, number, state }: Registration,
  bids: readonly Bid[],
): Pick<SignalBidder, 'number' | 'isExcluded' | 'bids'> {
  const own = bids.filter(({ registrationId }) => registrationId === id)
  return {
    ...{ number, isExcluded: state === 'excluded' },
    bids: own.map(({ seq, amountFen, at }) => ({ seq, amountFen, atMs: at.getTime() })),
  }
}
