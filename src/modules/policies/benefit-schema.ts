import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { fenSchema } from '../../kernel/money.ts'
import { nearest } from '../../kernel/nearest.ts'
import { benefitLimits, fieldNames, fieldOf } from '../../rules/index.ts'

const positiveFen = fenSchema.refine((fen) => fen > 0, 'must be above 0')
const basisPoints = z.int({ error: 'must be whole basis points (1 % = 100)' }).min(1).max(10_000)
const moneyFields = fieldNames.filter((name) => fieldOf(name)?.type === 'fen')

/** A field in fen; the message names the nearest one. */
const base = z.string().superRefine((name, context) => {
  if (moneyFields.some((known) => known === name)) return
  const guess = nearest(name, moneyFields)
  const hint = guess === undefined ? 'see /v1/rule-fields' : `did you mean "${guess}"?`
  context.addIssue({ code: 'custom', message: `is no field in fen; ${hint}`, params: { code: 'unknown_field' } })
})

const caps = {
  capFen: positiveFen.optional().meta({ description: 'The most of one claim.' }),
  yearlyCapFen: positiveFen.optional().meta({ description: 'The most of one organisation in a calendar year.' }),
  yearlyBudgetFen: positiveFen.optional().meta({ description: 'The most of all together in a calendar year.' }),
}

const amountBenefit = z
  .strictObject({
    form: z.literal('amount'),
    base: base.optional().meta({ description: 'A field in fen that the share is taken of.' }),
    basisPoints: basisPoints.optional(),
    fixedFen: positiveFen.optional(),
    limit: z.enum(benefitLimits).meta({ description: 'How often one organisation may claim it.' }),
    ...caps,
  })
  .refine(({ basisPoints: share, base: of }) => share === undefined || of !== undefined, {
    path: ['base'],
    error: 'a share needs the field that it is taken of',
  })
  .refine(({ basisPoints: share, fixedFen }) => share === undefined || fixedFen === undefined, {
    path: ['fixedFen'],
    error: 'is a share or a fixed amount, not both',
  })

const interestBenefit = z.strictObject({
  form: z.literal('loan_interest'),
  basisPoints: basisPoints.meta({ description: 'Share of the interest of a year of a loan.' }),
  years: z.int().min(1).max(30).optional().meta({ description: 'So many years from the first drawing.' }),
  ...caps,
})

/** What a policy pays. Neither share nor fixed amount: decided case by case (一事一议), up to the cap. */
export const benefitSchema = defineSchema(
  'PolicyBenefit',
  z.discriminatedUnion('form', [amountBenefit, interestBenefit]),
)
