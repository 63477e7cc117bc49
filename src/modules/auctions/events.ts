import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { lotOutcomes } from './domain/lot.ts'

const lot = { lotId: idSchema('auction') }
const award = { ...lot, awardId: idSchema('auctionAward') }

/** The hours say when its opening and its close are due. */
export const lotAnnounced = defineEvent(
  'auction.announced',
  1,
  z.object({ ...lot, opensAt: z.iso.datetime(), endsAt: z.iso.datetime() }),
)
/** A request was taken; `seq` is the first bid that followed from it. Built in SQL by take-bid-repo.ts. */
export const bidAccepted = defineEvent('auction.bid_accepted', 1, z.object({ ...lot, seq: z.int() }))
export const lotClosed = defineEvent('auction.closed', 1, z.object({ ...lot, outcome: z.enum(lotOutcomes) }))
/** The lot is somebody's to pay for: by the highest bid, as a priority buyer, or by accepting an offer. */
export const lotAwarded = defineEvent(
  'auction.awarded',
  1,
  z.object({
    ...award,
    market: z.string(),
    supplyId: idSchema('supply'),
    sellerOrgId: idSchema('organisation'),
    buyerOrgId: idSchema('organisation'),
    saleMode: z.string(),
    amountFen: z.int(),
  }),
)
/** After a default, the second-highest bidder is asked. */
export const lotOffered = defineEvent('auction.offered', 1, z.object(award))
/** An award came to nothing: not paid, declined, or taken over by a priority buyer. */
export const awardEnded = defineEvent(
  'auction.award_ended',
  1,
  z.object({ ...award, reason: z.enum(['defaulted', 'declined', 'superseded']) }),
)
export const lotSettled = defineEvent('auction.settled', 1, z.object({ ...award, amountFen: z.int() }))
