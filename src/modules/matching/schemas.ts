import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { matchStates } from './table.ts'

const evidence = z.object({
  kind: z.enum(['character', 'phrase', 'rare_term', 'related', 'code']),
  term: z.string().optional(),
  counterpart: z.string().optional().meta({ description: 'Of a related pair: the unit of the supply.' }),
  vocabulary: z.string().optional(),
  code: z.string().optional(),
  weight: z.number(),
})

export const scorePart = defineSchema(
  'ScorePart',
  z.object({
    feature: z.string(),
    value: z.number().nullable().meta({ description: 'As measured; null when a side lacks what is compared.' }),
    weight: z.number(),
    contribution: z.number().meta({ description: 'What the feature adds to the latent score.' }),
    evidence: z.array(evidence),
  }),
)

export const gateFailure = defineSchema(
  'GateFailure',
  z.object({
    code: z.string(),
    distance: z.number().meta({ description: 'From 0, just outside, to 1, out of reach.' }),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  }),
)

/** What a scored pair carries, stored or not. */
export const scoredShape = {
  modelVersion: z
    .string()
    .meta({ description: 'Score model and text model; with them the score can be computed again.' }),
  score: z.number().min(0).max(1).meta({ description: 'Probability that a broker approves the pair.' }),
  level: z.int().min(1).max(4),
  parts: z.array(scorePart),
  gates: z.array(gateFailure).meta({ description: 'Hard conditions that the pair fails; empty for a stored match.' }),
  explanation: z.array(z.string()),
}

const matchShape = {
  id: idSchema('match'),
  demandId: idSchema('demand'),
  supplyId: idSchema('supply'),
  ...scoredShape,
  state: z.enum(matchStates),
  market: z.string().meta({ description: 'Home market of the demand.' }),
  demandOrgId: idSchema('organisation'),
  supplyOrgId: idSchema('organisation'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}

export const matchResponse = defineSchema('Match', z.object(matchShape))
