import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { matchStates } from './table.ts'

const spans = z.array(
  z.object({
    field: z.string().meta({ description: 'Path in the listing as its own address shows it: `advantages.0.claim`.' }),
    start: z.int().min(0),
    end: z.int().min(1),
  }),
)

const evidence = z.object({
  kind: z.enum(['character', 'phrase', 'rare_term', 'related', 'code', 'indicator', 'decision', 'answering']),
  term: z.string().optional().meta({ description: 'What both texts have; of an indicator: what the demand asks for.' }),
  counterpart: z.string().optional().meta({ description: 'Of an indicator: what the supply says.' }),
  verdict: z.enum(['met', 'unmet', 'unknown']).optional(),
  reason: z.enum(['not_stated', 'contradictory', 'open']).optional().meta({
    description: 'Of an indicator that nobody can judge: the supply is silent, contradicts itself, or leaves it open.',
  }),
  vocabulary: z.string().optional(),
  code: z.string().optional(),
  side: z.enum(['demand', 'supply']).optional().meta({ description: 'Of an answering time: whose.' }),
  hours: z.number().min(0).optional().meta({
    description:
      'Median of the last 180 days from being asked to answering, as known when scored; a week stands for never.',
  }),
  cases: z.int().min(1).optional().meta({ description: 'How many questions the median is of.' }),
  weight: z.number(),
  spans: z
    .object({ demand: spans, supply: spans })
    .optional()
    .meta({
      description:
        'Where it stands in the texts as they are now, at most five places a side: UTF-16 code units from `start` up to but not ' +
        'including `end`, as slice() of JavaScript counts. Only where one match is read, and only of texts; empty when the text ' +
        'has changed since. The words may be spelt otherwise there: `term` is in half-width and lower case.',
    }),
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

/** The public part of a listing, enough to recognise it. */
const teaser = <E extends 'demand' | 'supply'>(entity: E) =>
  z.object({
    id: idSchema(entity),
    title: z.string(),
    summary: z.string().nullable(),
    organisation: z.object({ id: idSchema('organisation'), name: z.string(), kind: z.enum(organisationKinds) }),
    market: z.string(),
    region: z.string().nullable(),
    fields: z.array(z.string()),
    trustCode: z.enum(['green', 'yellow', 'red']),
  })

export const demandTeaser = defineSchema('DemandTeaser', teaser('demand'))
export const supplyTeaser = defineSchema('SupplyTeaser', teaser('supply'))

export const matchDetailResponse = defineSchema(
  'MatchDetail',
  z.object({ ...matchShape, demand: demandTeaser.nullable(), supply: supplyTeaser.nullable() }),
)

const preview = z.object({
  ...scoredShape,
  demand: demandTeaser.nullable(),
  supply: supplyTeaser.nullable().meta({ description: 'The stored side; both are null when two texts are compared.' }),
})

export const matchPreviewResponse = defineSchema(
  'MatchPreview',
  z.object({
    data: z.array(preview).meta({
      description: 'Best first: the pair, whatever gates it fails, or at most ten from the market that pass.',
    }),
    nearMisses: z
      .array(preview)
      .meta({ description: 'At most ten from the market that fit but fail gates which the unsaved side could open.' }),
  }),
)

/** A share from 0 to 1 in a query string. */
const share = z
  .string()
  .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/, 'must be a number from 0 to 1')
  .transform(Number)
  .meta({ openapi: { type: 'number', minimum: 0, maximum: 1 } })

export const listMatchesQuery = z.object({
  ...pageQuery,
  minScore: share.optional(),
  state: z.enum(matchStates).optional().meta({ description: 'Without it: proposed and approved.' }),
})
