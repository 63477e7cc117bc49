import type { Id } from '../../kernel/ids.ts'
import { type Award, getAward, getLot } from '../auctions/index.ts'
import { brokersOfPair } from './brokers-of-pair.ts'
import type { DealDeps } from './change-deal.ts'
import type { Deal, DealChange } from './deal-repo.ts'
import { findDealOfSource } from './deal-repo.ts'
import { followSource } from './follow-source.ts'
import { openDeal } from './open-deal.ts'
import { titleOf } from './title-of.ts'

/**
 * Brings the deal of an award where the award is: opened when the lot is somebody's, moved on when it is settled, dropped when
 * the award came to nothing. Facts come in any order and more than once, so it goes by the row and not by the fact.
 */
export async function followAward(deps: DealDeps, { awardId }: { awardId: Id<'auctionAward'> }): Promise<undefined> {
  const { state } = await getAward(deps.db, awardId)
  const isStanding = state === 'accepted' || state === 'settled'
  const deal = isStanding ? await openOfAward(deps, awardId) : await findDealOfSource(deps.db, 'auction', awardId)
  if (deal === undefined) return
  // Read again after the deal is there: an award that ended meanwhile found no deal to drop.
  const award = await getAward(deps.db, awardId)
  if (award.state === 'settled') await settleDeal(deps, deal, award)
  if (award.state === 'defaulted' || award.state === 'superseded') await dropDeal(deps, deal, award.state)
}

async function openOfAward(deps: DealDeps, awardId: Id<'auctionAward'>): Promise<Deal> {
  const { lotId, orgId: acquirerOrgId, amountFen } = await getAward(deps.db, awardId)
  const { market, supplyId, sellerOrgId: providerOrgId } = await getLot(deps.db, lotId)
  const { deal } = await openDeal(deps, {
    ...{ source: { kind: 'auction', auctionId: lotId, awardId }, market, supplyId, providerOrgId, acquirerOrgId },
    ...{ title: await titleOf(deps.db, supplyId), pricing: 'auction', intentAmountFen: amountFen },
    brokers: await brokersOfPair(deps.db, { supplyId, acquirerOrgId }),
  })
  return deal
}

/** The price is what was bid; it stands in the terms that both sides confirm when they sign. */
async function settleDeal(deps: DealDeps, { id }: Deal, { amountFen }: Award): Promise<void> {
  await followSource(deps, id, {
    action: 'negotiate',
    change: ({ contractAmountFen, termsVersion }): DealChange =>
      contractAmountFen === null ? { contractAmountFen: amountFen, termsVersion: termsVersion + 1 } : {},
  })
}

async function dropDeal(deps: DealDeps, { id }: Deal, state: 'defaulted' | 'superseded'): Promise<void> {
  const note = state === 'defaulted' ? '竞得人未履约' : '优先购买权人取代竞得人'
  await followSource(deps, id, {
    action: 'drop',
    change: ({ stage }): DealChange => ({ dropped: { stage, reasonCode: 'other', note } }),
  })
}
