import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { queryInt } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { answers } from '../../rules/index.ts'
import { eligibilityShape } from '../financing/index.ts'
import { codeOf, text } from '../listings/index.ts'
import { productNotes } from './domain/judge-product.ts'
import { slots } from './domain/plan/option.ts'

const answer = z.enum(answers)

export const listEligibleQuery = z.object({
  ...pageQuery,
  eligibleFor: idSchema('organisation').optional().meta({ description: 'Your own organisation by default.' }),
  answer: answer.optional(),
  kind: codeOf('finance-product-kinds').optional(),
})

const assumption = z.union([
  z.strictObject({
    field: text(60),
    set: z.union([z.number(), z.string().max(64), z.boolean(), z.array(z.string().max(64)).max(50)]),
  }),
  z.strictObject({ field: text(60), add: z.number() }),
  z.strictObject({ qualification: codeOf('qualification-types') }),
])
export const assumptionsSchema = z
  .array(assumption)
  .max(20)
  .meta({ description: 'What if: {"field": "rdStaff", "add": 3}, {"field": …, "set": …}, {"qualification": …}.' })

export const checkEligibilityBody = z.strictObject({
  organisationId: idSchema('organisation').optional().meta({ description: 'Your own by default.' }),
  assumptions: assumptionsSchema.optional(),
})

export const explanationLine = defineSchema(
  'ExplanationLine',
  z.object({
    pointer: z.string().meta({ description: 'JSON pointer of the rule in its set.' }),
    depth: z.int().min(0),
    answer,
    text: z.string(),
    clause: z.string().optional(),
    holdsUntil: z.iso.date().optional(),
    missing: z.array(z.string()).optional(),
  }),
)

const productTeaser = z.object({
  id: idSchema('financeProduct'),
  title: z.string(),
  provider: z.string(),
  market: z.string(),
  productKind: z.string(),
  amountMaxFen: fenSchema.optional(),
})

export const eligibleProductResponse = defineSchema(
  'EligibleProduct',
  z.object({ product: productTeaser, ...eligibilityShape, notes: z.array(z.enum(productNotes)) }),
)
export const eligibleProductsResponse = pageSchema(eligibleProductResponse)
export const eligibilityCheckResponse = defineSchema(
  'EligibilityCheck',
  z.object({ ...eligibleProductResponse.shape, explanation: z.array(explanationLine) }),
)

const priceFen = queryInt({ min: 1, max: 9_000_000_000_000_000 }).optional()
export const planQuery = z.object({ priceFen: priceFen.meta({ description: 'Fen; otherwise as the listings say.' }) })

export const financingOptionsResponse = z.object({
  priceFen: fenSchema.nullable(),
  data: z.array(
    defineSchema(
      'FinancingOption',
      z.object({
        ...eligibleProductResponse.shape,
        role: z.enum(slots).optional().meta({ description: 'Its place in a plan; absent when it has none here.' }),
        bringsFen: fenSchema.optional().meta({ description: 'The most that it pays of the price.' }),
        rewardFen: fenSchema.optional().meta({ description: 'Paid afterwards.' }),
      }),
    ),
  ),
})

const instalment = defineSchema(
  'Instalment',
  z.object({
    month: z.int().min(1),
    ...{ principalFen: fenSchema, interestFen: fenSchema, paymentFen: fenSchema, balanceFen: fenSchema },
  }),
)

export const financingPlan = defineSchema(
  'FinancingPlan',
  z.object({
    cashNowFen: fenSchema.meta({ description: 'Own cash needed now.' }),
    ...{
      debtFen: fenSchema,
      equityFen: fenSchema,
      interestFen: fenSchema,
      subsidyFen: fenSchema,
      rewardFen: fenSchema,
    },
    ownMoneyFen: z.int().meta({ description: 'Cash now, debt and interest, less subsidy and reward.' }),
    parts: z.array(z.object({ role: z.enum(slots), amountFen: fenSchema, ...eligibleProductResponse.shape })),
    repayment: z.array(instalment).meta({ description: 'Month by month, of the loan.' }),
  }),
)

export const financingPlanResponse = defineSchema(
  'FinancingPlans',
  z.object({
    priceFen: fenSchema,
    considered: z.int().min(0).meta({ description: 'Products that are not refused.' }),
    plan: financingPlan.meta({ description: 'Of products that are certain.' }),
    lpr: z
      .object({
        publishedOn: z.iso.date(),
        ...{ oneYearBasisPoints: z.int(), fiveYearsBasisPoints: z.int() },
        basis: z.object({ kind: z.string(), source: z.string(), asOf: z.iso.date(), note: z.string() }),
      })
      .meta({ description: 'The loan prime rate that LPR loans are planned with, and where it comes from.' }),
    possible: financingPlan.nullable().meta({ description: 'A better plan that missing evidence could open.' }),
  }),
)
