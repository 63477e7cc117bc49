import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { trustCodes, trustReasons } from './domain/trust-code.ts'
import { remedies } from './domain/trust-view.ts'

const reason = z.enum(trustReasons)

export const trustResponse = defineSchema(
  'ListingTrust',
  z.object({
    trustCode: z.enum(trustCodes),
    reasons: z.array(
      z.object({ reason, remedy: z.enum(remedies).optional().meta({ description: 'For the owner: what helps.' }) }),
    ),
    deals: z
      .object({ signed: z.int(), droppedSince: z.int() })
      .meta({ description: 'Deals about it that were signed, and that were dropped since the last of them.' }),
    coming: z
      .array(z.object({ on: z.iso.date(), reason }))
      .optional()
      .meta({ description: 'For the owner: reasons that will begin on a day, if nothing is done before.' }),
    unprovenClaims: z.array(z.string()).optional().meta({ description: 'For the owner: figures without evidence.' }),
  }),
)
