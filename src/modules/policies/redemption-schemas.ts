import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { answers } from '../../rules/index.ts'
import { day, text } from '../listings/index.ts'
import { redemptionActions, redemptionStates } from './domain/redemption.ts'
import { loanYearShape } from './schemas.ts'

const positiveFen = fenSchema.refine((fen) => fen > 0, 'must be above 0')
const document = z.strictObject({
  name: text(200),
  kind: text(60),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal'),
  sizeBytes: z.int().min(1).max(1_000_000_000),
})

export const claimBenefitBody = z.strictObject({
  ...loanYearShape,
  documents: z.array(document).max(50).default([]).meta({ description: 'What is handed in: name, kind, hash, size.' }),
  note: text(1000).optional(),
})
export type ClaimBenefit = z.output<typeof claimBenefitBody>

export const confirmRedemptionBody = z.strictObject({
  amountFen: positiveFen
    .optional()
    .meta({ description: 'What the claim comes to by default; needed where it is decided case by case.' }),
})
export const payRedemptionBody = z.strictObject({ reference: text(120).meta({ description: 'Of the payment.' }) })
export const refuseRedemptionBody = z.strictObject({ reason: text(500) })

export const listRedemptionsQuery = z.object({
  ...pageQuery,
  policyId: idSchema('policy').optional(),
  state: z.enum(redemptionStates).optional(),
})

export const redemptionResponse = defineSchema(
  'PolicyRedemption',
  z.object({
    ...{ id: idSchema('policyRedemption'), policyId: idSchema('policy'), policyVersion: z.int() },
    ...{ organisationId: idSchema('organisation'), market: z.string(), state: z.enum(redemptionStates) },
    allowedActions: z.array(z.enum(redemptionActions)).meta({ description: 'Of those who decide on it.' }),
    ...{ applicationId: idSchema('financeApplication').nullable(), loanYear: z.int().nullable() },
    answer: z.enum(answers).meta({ description: 'What the rules said when it was claimed.' }),
    missing: z.array(z.string()),
    claimedFen: fenSchema.nullable().meta({ description: 'What it came to then; null where nothing tells.' }),
    amountFen: fenSchema.nullable().meta({ description: 'Confirmed.' }),
    documents: z.array(document),
    ...{ note: z.string().nullable(), refusalReason: z.string().nullable(), paymentReference: z.string().nullable() },
    ...{ version: z.int(), claimedOn: day, claimedAt: z.iso.datetime() },
    ...{ confirmedAt: z.iso.datetime().nullable(), endedAt: z.iso.datetime().nullable() },
  }),
)
export const redemptionsResponse = pageSchema(redemptionResponse)
