import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { enquiryEnders, enquirySides } from './domain/enquiry.ts'
import type { Enquiry } from './enquiry-repo.ts'

const fact = {
  enquiryId: idSchema('enquiry'),
  supplyId: idSchema('supply'),
  sellerOrgId: idSchema('organisation'),
  buyerOrgId: idSchema('organisation'),
  market: z.string(),
}

export const enquiryOpened = defineEvent('enquiry.opened', 1, z.object(fact))
/** A side has named a price; the amounts stay where they are. */
export const quoteGiven = defineEvent(
  'enquiry.quoted',
  1,
  z.object({ ...fact, quoteId: idSchema('quote'), side: z.enum(enquirySides) }),
)
/** The other side has accepted a quote: the ground for a deal. */
export const enquiryAccepted = defineEvent('enquiry.accepted', 1, z.object({ ...fact, quoteId: idSchema('quote') }))
/** It has ended without agreement: declined, withdrawn or expired. */
export const enquiryEnded = defineEvent(
  'enquiry.ended',
  1,
  z.object({ ...fact, state: z.enum(['declined', 'withdrawn', 'expired']), endedBy: z.enum(enquiryEnders) }),
)

export function factOf({ id, supplyId, sellerOrgId, buyerOrgId, market }: Enquiry) {
  return { enquiryId: id, supplyId, sellerOrgId, buyerOrgId, market }
}
