import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { codeOf, day, text } from '../listings/index.ts'
import { isReasonFor } from '../taxonomy/index.ts'
import { enquiryEnders, enquirySides, enquiryStates } from './domain/enquiry.ts'

const fen = z.int().min(0).max(9_000_000_000_000_000)

export const openEnquiryBody = z.strictObject({
  message: text(5_000).meta({ description: 'What you want and for what; only the two sides read it.' }),
})

export const giveQuoteBody = defineSchema(
  'QuoteBody',
  z
    .strictObject({
      priceMinFen: fen.meta({ description: 'Equal to priceMaxFen for a fixed price.' }),
      priceMaxFen: fen,
      validUntil: day.meta({ description: 'Last day in China on which it may be accepted.' }),
      terms: text(5_000).optional().meta({ description: 'Only the two sides read it.' }),
    })
    .refine(({ priceMinFen, priceMaxFen }) => priceMinFen <= priceMaxFen, {
      path: ['priceMaxFen'],
      error: 'must not be below priceMinFen',
    }),
)
export type GiveQuoteBody = z.output<typeof giveQuoteBody>

export const acceptQuoteBody = z.strictObject({
  quoteId: idSchema('quote').meta({ description: 'The newest quote of the other side.' }),
})

export const declineEnquiryBody = z.strictObject({
  reasonCode: codeOf('reason-codes').refine(
    (code) => isReasonFor('deal_drop', code),
    'is not a reason to end a talk; see /v1/taxonomies/reason-codes, use deal_drop',
  ),
})

export const listEnquiriesQuery = z.object({ ...pageQuery, state: z.enum(enquiryStates).optional() })
export type ListEnquiriesQuery = z.output<typeof listEnquiriesQuery>

const organisation = z.object({ id: idSchema('organisation'), name: z.string(), kind: z.enum(organisationKinds) })

export const enquiryResponse = defineSchema(
  'Enquiry',
  z.object({
    id: idSchema('enquiry'),
    supply: z.object({ id: idSchema('supply'), title: z.string() }),
    seller: organisation,
    buyer: organisation,
    market: z.string(),
    state: z.enum(enquiryStates),
    you: z.enum([...enquirySides, 'operator']).meta({ description: 'How you stand to it.' }),
    message: z.string().optional().meta({ description: 'For the two sides; in lists left out.' }),
    quotes: z
      .array(
        z.object({
          id: idSchema('quote'),
          side: z.enum(enquirySides),
          priceMinFen: z.int(),
          priceMaxFen: z.int(),
          validUntil: z.iso.date(),
          terms: z.string().optional().meta({ description: 'For the two sides; in lists left out.' }),
          createdAt: z.iso.datetime(),
        }),
      )
      .meta({ description: 'The negotiation so far, oldest first; the last one stands.' }),
    acceptedQuoteId: idSchema('quote').optional(),
    allowedActions: z.array(z.enum(['quote', 'accept', 'decline', 'withdraw'])),
    expiresOn: z.iso.date().meta({ description: 'Last day in China before it ends by itself.' }),
    endedBy: z.enum(enquiryEnders).optional(),
    endedAt: z.iso.datetime().optional(),
    reasonCode: z.string().optional(),
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
)
