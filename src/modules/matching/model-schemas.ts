import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { modelStates, refitOutcomes } from './table.ts'

export const modelVersionParams = z.object({
  version: z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be a model version'),
})

const figures = z.object({
  logLoss: z.number().meta({ description: 'Mean surprise at the decisions; less is better.' }),
  auc: z.number().meta({ description: 'How often an approved pair scores above a rejected one.' }),
})

const modelShape = {
  version: z.string(),
  kind: z.enum(['shipped', 'refit']),
  state: z.enum(modelStates),
  isPinned: z.boolean().meta({ description: 'A pinned model stays active against every refit.' }),
  trainingSize: z.int().meta({ description: 'Decisions it was learnt from; 0 for a shipped one.' }),
  metrics: z
    .object({ heldOutSize: z.int().optional(), candidate: figures.optional(), active: figures.optional() })
    .meta({ description: 'On the newest decisions, which neither this model nor the one active then has seen.' }),
  createdBy: idSchema('user').nullable(),
  createdAt: z.iso.datetime(),
  activatedAt: z.iso.datetime().nullable(),
}

export const scoreModelResponse = defineSchema('ScoreModel', z.object(modelShape))

export const scoreModelDetailResponse = defineSchema(
  'ScoreModelDetail',
  z.object({
    ...modelShape,
    features: z.array(z.object({ feature: z.string(), weight: z.number(), mean: z.number(), deviation: z.number() })),
    oddsCuts: z.array(z.number()),
    levelCuts: z.array(z.number()),
    rescored: z.int().meta({ description: 'Open matches that have their score from this model.' }),
    total: z.int().meta({ description: 'Open matches.' }),
  }),
)

export const refitResponse = defineSchema(
  'ScoreModelRefit',
  z.object({
    outcome: z.enum(refitOutcomes),
    reason: z.string().nullable().meta({ description: 'Why nothing changed.' }),
    approved: z.int(),
    rejected: z.int(),
    version: z.string().nullable(),
    createdAt: z.iso.datetime(),
  }),
)

export const listModelsQuery = z.object(pageQuery)
