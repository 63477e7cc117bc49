import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { fenSchema } from '../../kernel/money.ts'
import { codeOf, listOf, text } from '../listings/index.ts'

const percent = z.number().min(0).max(100)
const months = z.int().min(1).max(600)

const rate = defineSchema(
  'FinanceRate',
  z
    .strictObject({
      kind: z.enum(['fixed', 'lpr']),
      percent: percent.optional().meta({ description: 'Yearly, for fixed.' }),
      basisPoints: z.int().min(-1000).max(2000).optional().meta({ description: 'On top of the LPR, for lpr.' }),
    })
    .refine((value) => (value.kind === 'fixed' ? value.percent !== undefined : value.basisPoints !== undefined), {
      error: 'a fixed rate needs percent, an LPR rate needs basisPoints',
    }),
)

/** A finance product's own fields (DOMAIN §3.11). */
export const financeProductShape = {
  productKind: codeOf('finance-product-kinds'),
  amountMinFen: fenSchema.optional(),
  amountMaxFen: fenSchema.optional(),
  rate: rate.optional(),
  termMonthsMin: months.optional(),
  termMonthsMax: months.optional(),
  guaranteeForms: listOf(codeOf('guarantee-forms'), 6).optional(),
  repayment: text(300).optional(),
  approvalDays: z.int().min(0).max(365).optional(),
  eligibility: listOf(text(500), 30).optional(),
  subsidy: z
    .strictObject({ percent, capFen: fenSchema.optional(), years: z.int().min(1).max(30).optional() })
    .optional(),
  riskShares: listOf(
    z.strictObject({ party: z.enum(['bank', 'government', 'guarantee', 'insurer']), percent }),
    4,
  ).optional(),
  riskPool: text(120).optional(),
  stackingRules: listOf(text(300)).optional(),
  materials: listOf(text(200), 30).optional(),
  quotaLeftFen: fenSchema.optional(),
  serviceHotline: text(40).optional(),
}

export const financeProductDetails = z.object(financeProductShape)
export type FinanceProductDetails = z.output<typeof financeProductDetails>
