import type { Id } from '../../../kernel/ids.ts'
import { enquiryAccepted, enquiryEnded, enquiryOpened, quoteGiven } from '../../enquiries/index.ts'
import type { MessageIds } from '../domain/message.ts'
import { announceOn } from './announcement.ts'

export const enquiryAnnouncements = [
  announceOn(enquiryOpened, 'enquiry.opened', toBothSides),
  announceOn(quoteGiven, 'enquiry.quoted', toBothSides),
  announceOn(enquiryAccepted, 'enquiry.accepted', toBothSides),
  announceOn(enquiryEnded, 'enquiry.ended', toBothSides),
]

type Fact = Record<'enquiryId' | 'supplyId', string> & Record<'sellerOrgId' | 'buyerOrgId', Id<'organisation'>>

function toBothSides({ enquiryId, supplyId, sellerOrgId, buyerOrgId, ...more }: Fact & { quoteId?: string }) {
  const data: MessageIds = { enquiryId, supplyId, ...(more.quoteId !== undefined && { quoteId: more.quoteId }) }
  return { data, audience: { of: 'organisations' as const, orgIds: [sellerOrgId, buyerOrgId] } }
}
