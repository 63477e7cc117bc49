import type { Id } from '../../../kernel/ids.ts'
import { awardEnded, lotAnnounced, lotAwarded, lotClosed, lotOffered, lotSettled } from '../../auctions/index.ts'
import { announceOn } from './announcement.ts'

/** Bids are not among them: a lot may have hundreds in a minute, and its stream carries each. */
export const auctionAnnouncements = [
  announceOn(lotAnnounced, 'auction.announced', toLot),
  announceOn(lotClosed, 'auction.closed', toLot),
  announceOn(lotAwarded, 'auction.awarded', toAward),
  announceOn(lotOffered, 'auction.offered', toAward),
  announceOn(awardEnded, 'auction.award_ended', toAward),
  announceOn(lotSettled, 'auction.settled', toAward),
]

function toLot({ lotId }: { lotId: Id<'auction'> }) {
  return { data: { lotId }, audience: { of: 'lot' as const, lotId } }
}

/** Of an award only the seller hears and whom it concerns: who else bid learns of the outcome when the lot closes. */
function toAward({ lotId, awardId }: { lotId: Id<'auction'>; awardId: Id<'auctionAward'> }) {
  return { data: { lotId, awardId }, audience: { of: 'award' as const, lotId, awardId } }
}
