import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { readingPurposes } from './domain/disclosure.ts'
import { listingIdSchema } from './events.ts'

export const readDetailQuery = z.object({
  purpose: z.enum(readingPurposes).meta({ description: 'Why you read it; the owner sees this in its audit log.' }),
})

export const confidentialDetailResponse = defineSchema(
  'ConfidentialDetail',
  z.object({
    listingId: listingIdSchema,
    confidentialDetail: z.string().nullable(),
    watermark: idSchema('reading')
      .nullable()
      .meta({ description: 'Names this reading in the audit log of the owner; null when you own the listing.' }),
    readAt: z.iso.datetime(),
  }),
)

export const grantResponse = defineSchema(
  'DisclosureGrant',
  z.object({
    id: idSchema('disclosureGrant'),
    organisation: z
      .object({ id: idSchema('organisation'), name: z.string(), kind: z.enum(organisationKinds) })
      .optional(),
    userId: idSchema('user').optional().meta({ description: 'Instead of an organisation: the broker in charge.' }),
    ground: z.string().meta({ description: 'What it rests on, and with which it ends: the id of an introduction.' }),
    isActive: z.boolean(),
    grantedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
  }),
)
export const grantsResponse = z.object({ data: z.array(grantResponse) })
