import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { listingIdSchema, listingKinds } from '../listings/index.ts'
import { candidateStates, duplicateReasons } from './domain/candidate.ts'

export const listCandidatesQuery = z.object({
  ...pageQuery,
  state: z.enum(candidateStates).default('open'),
  kind: z.enum(listingKinds).optional(),
})

export const decideCandidateBody = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('merge'), survivorId: listingIdSchema }),
  z.strictObject({ decision: z.literal('link') }),
  z.strictObject({ decision: z.literal('dismiss') }),
])

const side = z.object({
  id: listingIdSchema,
  market: z.string(),
  organisation: z.object({ id: idSchema('organisation'), name: z.string(), kind: z.enum(organisationKinds) }),
  title: z.string(),
  summary: z.string().optional(),
  state: z.string(),
  publishedAt: z.iso.datetime().optional(),
})

export const candidateResponse = defineSchema(
  'DuplicateCandidate',
  z.object({
    id: idSchema('duplicateCandidate'),
    kind: z.enum(listingKinds),
    reasons: z.array(z.enum(duplicateReasons)),
    similarity: z.number().min(0).max(1).optional().meta({
      description: 'Estimated part of the character sequences that both texts share; within 0.04.',
    }),
    isMergeable: z.boolean().meta({ description: 'false: the listings are of two markets, and can be linked.' }),
    state: z.enum(candidateStates),
    survivorId: listingIdSchema.optional(),
    listings: z.array(side).length(2),
    decidedAt: z.iso.datetime().optional(),
    createdAt: z.iso.datetime(),
  }),
)
export const candidatesResponse = pageSchema(candidateResponse)
