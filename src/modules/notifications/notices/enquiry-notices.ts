import type { Db } from '../../../db/client.ts'
import type { Id } from '../../../kernel/ids.ts'
import {
  type Enquiry,
  enquiryAccepted,
  enquiryEnded,
  enquiryOpened,
  getEnquiry,
  quoteGiven,
} from '../../enquiries/index.ts'
import { findListing } from '../../listings/index.ts'
import type { BilingualText } from '../domain/kinds.ts'
import type { Notice } from '../domain/notice.ts'
import { type NoticeRule, noticesOn } from './rule.ts'

/** To the side that is to act or that waits; prices and texts stay where they are. */
export const enquiryNotices: readonly NoticeRule[] = [
  noticesOn(enquiryOpened, {
    notices: (db, { enquiryId: id, sellerOrgId }) =>
      tell(db, id, { to: [sellerOrgId], kind: 'enquiry.received', subjectId: id }),
  }),
  noticesOn(quoteGiven, {
    notices: (db, { enquiryId: id, quoteId, side, sellerOrgId, buyerOrgId }) =>
      tell(db, id, {
        ...{ to: [side === 'seller' ? buyerOrgId : sellerOrgId], kind: 'quote.received', subjectId: quoteId },
      }),
  }),
  noticesOn(enquiryAccepted, { notices: noticesOfEnd }),
  noticesOn(enquiryEnded, { notices: noticesOfEnd }),
]

const outcomes: Partial<Record<Enquiry['state'], BilingualText>> = {
  accepted: { zh: '报价已被接受', en: 'the quote was accepted' },
  declined: { zh: '对方已谢绝', en: 'the other side has declined' },
  withdrawn: { zh: '对方已撤回', en: 'the other side has withdrawn' },
  expired: { zh: '已过有效期', en: 'it has expired' },
}

async function noticesOfEnd(db: Db, { enquiryId: id }: { enquiryId: Id<'enquiry'> }): Promise<Notice[]> {
  const { endedBy, state, sellerOrgId, buyerOrgId } = await getEnquiry(db, id)
  const answer = outcomes[state]
  if (answer === undefined) return []
  const to = [...(endedBy === 'seller' ? [] : [sellerOrgId]), ...(endedBy === 'buyer' ? [] : [buyerOrgId])]
  return tell(db, id, { to, kind: 'enquiry.answered', subjectId: id, answer })
}

type Telling = Pick<Notice, 'kind' | 'subjectId'> & { to: readonly Id<'organisation'>[]; answer?: BilingualText }

async function tell(db: Db, id: Id<'enquiry'>, { to, answer, ...notice }: Telling): Promise<Notice[]> {
  const { supplyId } = await getEnquiry(db, id)
  const supply = await findListing(db, supplyId)
  if (supply === undefined) return []
  const params = {
    ...{ enquiryId: id, listingId: supplyId, listingTitle: supply.content.title },
    ...(answer !== undefined && { answer }),
  }
  return to.map((orgId) => ({ orgId, ...notice, params }))
}
