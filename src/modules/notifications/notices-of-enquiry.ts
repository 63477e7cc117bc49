import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { type Enquiry, type EnquirySide, getEnquiry } from '../enquiries/index.ts'
import { findListing } from '../listings/index.ts'
import type { BilingualText } from './domain/kinds.ts'
import type { Notice } from './domain/notice.ts'

export type EnquiryFact = { id: Id<'enquiry'> } & (
  | { topic: 'enquiry_received' | 'enquiry_ended' }
  | { topic: 'quote_received'; quoteId: Id<'quote'>; side: EnquirySide }
)

const outcomes: Partial<Record<Enquiry['state'], BilingualText>> = {
  accepted: { zh: '报价已被接受', en: 'the quote was accepted' },
  declined: { zh: '对方已谢绝', en: 'the other side has declined' },
  withdrawn: { zh: '对方已撤回', en: 'the other side has withdrawn' },
  expired: { zh: '已过有效期', en: 'it has expired' },
}

/** Notices about an enquiry, to the side that is to act or that waits; prices and texts stay where they are. */
export async function noticesOfEnquiry(db: Db, fact: EnquiryFact): Promise<Notice[]> {
  const enquiry = await getEnquiry(db, fact.id)
  const supply = await findListing(db, enquiry.supplyId)
  if (supply === undefined) return []
  const orgOf = { seller: enquiry.sellerOrgId, buyer: enquiry.buyerOrgId }
  const params = { enquiryId: fact.id, listingId: enquiry.supplyId, listingTitle: supply.content.title }
  if (fact.topic === 'enquiry_received') {
    return [{ orgId: orgOf.seller, kind: 'enquiry.received', subjectId: fact.id, params }]
  }
  if (fact.topic === 'quote_received') {
    const other = fact.side === 'seller' ? orgOf.buyer : orgOf.seller
    return [{ orgId: other, kind: 'quote.received', subjectId: fact.quoteId, params }]
  }
  const answer = outcomes[enquiry.state]
  if (answer === undefined) return []
  const waiting = (['seller', 'buyer'] as const).filter((side) => side !== enquiry.endedBy)
  return waiting.map((side) => ({
    ...{ orgId: orgOf[side], kind: 'enquiry.answered', subjectId: fact.id, params: { ...params, answer } },
  }))
}
