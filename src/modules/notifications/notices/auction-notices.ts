import type { Db } from '../../../db/client.ts'
import { chinaDay } from '../../../kernel/clock.ts'
import type { Id } from '../../../kernel/ids.ts'
import {
  bidAccepted,
  findBook,
  getAward,
  getLot,
  listOutbidBidders,
  listRegistrationsOfLots,
  lotAwarded,
  lotClosed,
  lotOffered,
} from '../../auctions/index.ts'
import type { Notice } from '../domain/notice.ts'
import { noticesOn } from './rule.ts'

type Lot = { lotId: Id<'auction'> }

export const auctionNotices = [
  noticesOn(bidAccepted, { coalesce: ({ lotId }) => lotId, notices: noticesOfBids }),
  noticesOn(lotClosed, { notices: noticesOfClosedLot }),
  noticesOn(lotAwarded, { notices: noticesOfAward }),
  noticesOn(lotOffered, { notices: noticesOfAward }),
]

/**
 * After a bid: whoever lost the lead hears of it once for each own bid, and all bidders once that the end has moved. Read when
 * the job runs, so that a hundred bids in a second are one message.
 */
async function noticesOfBids(db: Db, { lotId }: Lot): Promise<Notice[]> {
  const lot = await getLot(db, lotId)
  const book = await findBook(db, lotId)
  if (book === undefined || book.isClosed) return []
  const params = { lotId, lotTitle: lot.title, endsAt: book.endsAt.toISOString() }
  const outbid = (await listOutbidBidders(db, lotId)).map(
    ({ orgId, lastSeq }): Notice => ({ orgId, kind: 'auction.outbid', subjectId: `${lotId}@${lastSeq}`, params }),
  )
  if (book.endsAt <= lot.plannedEndsAt) return outbid
  const bidders = await admittedTo(db, lotId)
  return [...outbid, ...bidders.map((orgId): Notice => ({ orgId, kind: 'auction.extended', subjectId: lotId, params }))]
}

/** The seller and all who were admitted. */
async function noticesOfClosedLot(db: Db, { lotId }: Lot): Promise<Notice[]> {
  const { title: lotTitle, sellerOrgId, outcome } = await getLot(db, lotId)
  if (outcome === null) return []
  const all = [sellerOrgId, ...(await admittedTo(db, lotId))]
  return all.map((orgId) => ({ orgId, kind: 'auction.closed', subjectId: lotId, params: { lotId, lotTitle } }))
}

/** The buyer of an award that stands, or the bidder who is offered the lot. */
async function noticesOfAward(db: Db, { awardId }: { awardId: Id<'auctionAward'> }): Promise<Notice[]> {
  const { lotId, orgId, state, answerBy } = await getAward(db, awardId)
  const { title: lotTitle } = await getLot(db, lotId)
  const params = { lotId, lotTitle, answerBy: chinaDay(answerBy) }
  if (state === 'offered') return [{ orgId, kind: 'auction.offered', subjectId: awardId, params }]
  return state === 'accepted' ? [{ orgId, kind: 'auction.won', subjectId: awardId, params }] : []
}

async function admittedTo(db: Db, lotId: Id<'auction'>): Promise<Id<'organisation'>[]> {
  const all = await listRegistrationsOfLots(db, [lotId])
  return all.filter(({ state }) => state === 'admitted').map(({ orgId }) => orgId)
}
