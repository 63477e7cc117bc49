import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { codeOf, day } from '../listings/index.ts'
import { marketCode } from '../markets/index.ts'
import { units } from './domain/figure.ts'
import { financingGroups } from './financing-view.ts'
import { checkedRelation, relationSchema } from './relation-schemas.ts'

export const statisticsQuery = z.object({
  market: marketCode.optional().meta({ description: 'With its branches.' }),
  from: day.optional().meta({ description: 'First day in China.' }),
  to: day.optional().meta({ description: 'Last day in China.' }),
})
export const funnelQuery = statisticsQuery.extend({ field: codeOf('fields').optional() })

const share = z.number().min(0).nullable()

export const figureSchema = defineSchema(
  'Figure',
  z.object({
    name: z.string(),
    value: z.number().nullable(),
    unit: z.enum(units).meta({
      description: 'Intents, contracts, lines, drawings and debts have units of their own: they are never added up.',
    }),
    asOf: z.iso.datetime(),
    basis: z.int().meta({ description: 'Subjects behind the value.' }),
    definition: z.string(),
    isSuppressed: z.boolean().optional().meta({ description: 'Fewer than five subjects stand behind it.' }),
  }),
)

const amount = z.number().min(-1e15).max(1e15)

export const checkFiguresBody = z.strictObject({
  figures: z
    .array(
      z
        .strictObject({
          name: z.string().trim().min(1).max(120),
          value: amount.meta({ description: 'Where it stands now.' }),
          increase: amount.meta({ description: 'By how much it changed, in the same unit.' }),
          ratePercent: amount.meta({ description: 'The rate that was reported.' }),
        })
        .refine(({ value, increase }) => value - increase > 1, {
          error: 'must leave more than 1 before the increase',
          path: ['value'],
        }),
    )
    .max(100)
    .default([]),
  relations: z.array(relationSchema).max(100).default([]),
})

export const checkFiguresResponse = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      isConsistent: z.boolean(),
      reportedPercent: z.number(),
      recomputedPercent: z.number(),
      differencePoints: z.number(),
    }),
  ),
  relations: z.array(checkedRelation),
})

export const financingStatisticsQuery = statisticsQuery.extend({
  groupBy: z.enum(financingGroups).default('market').meta({ description: 'month: of the submission.' }),
})
export const financingStatisticsResponse = z.object({
  markets: z.array(z.string()),
  asOf: z.iso.datetime(),
  groupBy: z.enum(financingGroups),
  total: z.array(figureSchema),
  groups: z.array(
    z.object({
      key: z.string().meta({ description: 'Code of the market, id of the product, or YYYY-MM.' }),
      title: z.string().optional(),
      figures: z.array(figureSchema),
    }),
  ),
})

export const overviewResponse = z.object({ markets: z.array(z.string()), figures: z.array(figureSchema) })
export const leagueTableResponse = z.object({
  data: z.array(z.object({ market: z.string(), figures: z.array(figureSchema) })),
})
export const funnelResponse = z.object({
  markets: z.array(z.string()),
  field: z.string().optional(),
  asOf: z.iso.datetime(),
  steps: z.array(z.object({ step: z.string(), count: z.int(), shareOfPrevious: share })),
})
export const marketHealthResponse = z.object({
  markets: z.array(z.string()),
  asOf: z.iso.datetime(),
  figures: z.array(figureSchema),
  topicGaps: z.array(
    z.object({
      field: z.string(),
      demands: z.int(),
      supplies: z.int(),
      demandShare: share,
      supplyShare: share,
      gap: z.number().nullable(),
      suppliedShare: share,
    }),
  ),
  calibration: z.array(
    z.object({
      scoreFrom: z.number(),
      scoreTo: z.number(),
      decided: z.int(),
      approved: z.int(),
      meanScore: share,
      approvedShare: share,
    }),
  ),
  conversionBySource: z.array(z.object({ source: z.string(), opened: z.int(), signed: z.int(), share })),
})
