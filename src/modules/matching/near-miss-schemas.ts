import { z } from 'zod'
import { queryInt } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { relaxationKinds } from './domain/near-misses/describe-step.ts'
import { demandTeaser, gateFailure, supplyTeaser } from './schemas.ts'

const fieldValue = z.union([z.number(), z.string(), z.array(z.string()), z.null()])

const relaxation = defineSchema(
  'Relaxation',
  z.object({
    kind: z.enum(relaxationKinds),
    field: z
      .string()
      .nullable()
      .meta({ description: 'Field of the listing that says so; null when it has to be reached, not declared.' }),
    from: fieldValue,
    to: fieldValue.meta({ description: 'The new value; of modes of cooperation the one to add.' }),
    cost: z.int(),
    zh: z.string(),
    en: z.string(),
  }),
)

const value = z
  .number()
  .min(0)
  .max(1)
  .meta({ description: 'Probability that a broker approves, judged without the terms that the listing could change.' })

function answerFor(name: string, teaser: typeof demandTeaser | typeof supplyTeaser) {
  const opened = z.object({
    listing: teaser.nullable(),
    score: value,
    lifts: z.array(z.string()).meta({ description: 'Codes of the gates that the set opens for this one.' }),
  })
  const set = z.object({
    relaxations: z.array(relaxation),
    cost: z
      .int()
      .meta({ description: 'Points that order the sets: 10 per change, and one per cent of the budget is one.' }),
    opens: z.int().meta({ description: 'How many further matches.' }),
    patch: z
      .record(z.string(), fieldValue)
      .meta({ description: 'JSON merge patch on the listing that amounts to the set.' }),
    listings: z.array(opened).meta({ description: 'At most ten, the best first.' }),
  })
  const pair = z.object({ listing: teaser.nullable(), score: value, gates: z.array(gateFailure) })
  return defineSchema(
    name,
    z.object({
      isOpen: z.boolean().meta({ description: 'False: closed or red, so that no change of terms helps.' }),
      matches: z.int().meta({ description: 'Undecided listings that fit and pass every gate today.' }),
      nearMisses: z
        .int()
        .meta({ description: 'Listings that fit and fail gates that this side could open; at most 100.' }),
      outOfReach: z
        .int()
        .meta({ description: 'Listings that fit and fail a gate that only the other side could open.' }),
      gates: z.array(z.object({ code: z.string(), nearMisses: z.int() })).meta({ description: 'Who is in the way.' }),
      pairs: z.array(pair).meta({ description: 'The ten best near misses with what they fail.' }),
      data: z
        .array(set)
        .meta({ description: 'Sets of changes, minimal by inclusion for the number they open, cheapest first.' }),
    }),
  )
}

export const demandNearMissesResponse = answerFor('DemandNearMisses', supplyTeaser)
export const supplyNearMissesResponse = answerFor('SupplyNearMisses', demandTeaser)

export const nearMissesQuery = z.object({
  limit: queryInt({ min: 1, max: 50 }).optional().meta({ description: 'Most sets; 10 without it.' }),
  relaxations: queryInt({ min: 1, max: 3 }).optional().meta({ description: 'Most changes in a set; 2 without it.' }),
  opens: queryInt({ min: 1, max: 100 }).optional().meta({
    description:
      'Only the sets that are minimal for at least this many further matches; without it for 1, 2, 3, 5, 10, 20 and 50.',
  }),
})
