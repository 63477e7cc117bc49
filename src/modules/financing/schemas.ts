import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { codeOf, listOf, text } from '../listings/index.ts'
import { repaymentMethods } from './domain/repayment.ts'
import { riskParties } from './domain/risk-shares.ts'
import { rulesSchema } from './rules-schema.ts'

const percent = z.number().min(0).max(100)
const months = z.int().min(1).max(600)
const basisPoints = (max = 10_000) => z.int({ error: 'must be whole basis points (1 % = 100)' }).min(0).max(max)

const rate = defineSchema(
  'FinanceRate',
  z
    .strictObject({
      kind: z.enum(['fixed', 'lpr']),
      percent: percent.optional().meta({ description: 'Yearly, for fixed, to a hundredth of a per cent.' }),
      basisPoints: z.int().min(-1000).max(2000).optional().meta({ description: 'On top of the LPR, for lpr.' }),
    })
    .refine((value) => (value.kind === 'fixed' ? value.percent !== undefined : value.basisPoints !== undefined), {
      error: 'a fixed rate needs percent, an LPR rate needs basisPoints',
    }),
)

const stacking = z.strictObject({
  group: text(60)
    .optional()
    .meta({ description: 'Of products with the same group, of any provider, a plan takes one at most.' }),
  excludesKinds: listOf(codeOf('finance-product-kinds'), 11).optional(),
  publicMoneyMaxBasisPoints: basisPoints()
    .optional()
    .meta({ description: 'Vouchers, subsidies and grants together pay at most this share of the project.' }),
})

const support = z
  .strictObject({
    basisPoints: basisPoints().optional().meta({ description: 'Share of the project’s price.' }),
    fixedFen: fenSchema.optional(),
    capFen: fenSchema.optional(),
    aboveFen: fenSchema.optional().meta({ description: 'Paid only when the price is above this.' }),
    timing: z.enum(['upfront', 'afterwards']),
  })
  .refine((value) => (value.basisPoints === undefined) !== (value.fixedFen === undefined), {
    error: 'needs basisPoints or fixedFen, not both',
  })

/** Terms that only some kinds have. */
const instrument = z.strictObject({
  conversionTrigger: text(300).optional().meta({ description: 'What turns the grant into shares (grant_to_equity).' }),
  conversionDiscountBasisPoints: basisPoints().optional(),
  equityMaxBasisPoints: basisPoints().optional().meta({ description: 'Largest share of the company taken.' }),
  warrantBasisPoints: basisPoints()
    .optional()
    .meta({ description: 'Option on shares, of the loan (loan_plus_equity).' }),
  premiumBasisPoints: basisPoints().optional().meta({ description: 'Premium, of the sum insured (insurance).' }),
  depositBasisPoints: basisPoints().optional().meta({ description: 'Deposit, of the price (leasing).' }),
})

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
  repaymentMethod: z.enum(repaymentMethods).optional().meta({ description: 'Monthly; for repayment tables.' }),
  maxShareBasisPoints: basisPoints()
    .optional()
    .meta({ description: 'Largest share of the project’s price that it finances.' }),
  approvalDays: z.int().min(0).max(365).optional(),
  eligibility: listOf(text(500), 30).optional(),
  eligibilityRules: rulesSchema.optional(),
  subsidy: z
    .strictObject({ percent, capFen: fenSchema.optional(), years: z.int().min(1).max(30).optional() })
    .optional()
    .meta({ description: 'Interest subsidy: share of the interest, cap of each year, years from the first drawing.' }),
  support: support.optional().meta({ description: 'What a voucher, subsidy or grant pays of a project.' }),
  instrument: instrument.optional(),
  riskShares: listOf(z.strictObject({ party: z.enum(riskParties), percent }), 4)
    .optional()
    .meta({ description: 'To a hundredth of a per cent; they sum to 100 %, otherwise 422 SHARES_DO_NOT_SUM.' }),
  riskPool: text(120).optional(),
  riskPoolId: idSchema('riskPool')
    .optional()
    .meta({ description: 'The pool that guarantees its loans, see /v1/risk-pools.' }),
  stackingRules: listOf(text(300)).optional(),
  stacking: stacking.optional(),
  materials: listOf(text(200), 30).optional(),
  quotaLeftFen: fenSchema.optional(),
  serviceHotline: text(40).optional(),
}

export const financeProductDetails = z.object(financeProductShape)
export type FinanceProductDetails = z.output<typeof financeProductDetails>
