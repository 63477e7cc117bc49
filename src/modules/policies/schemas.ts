import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { assumptionsSchema, explanationLine } from '../eligibility/index.ts'
import { eligibilityShape, rulesSchema } from '../financing/index.ts'
import { day, text } from '../listings/index.ts'
import { marketCode } from '../markets/index.ts'
import { benefitSchema } from './benefit-schema.ts'
import { basisKinds, policyCategories, policyStates } from './domain/policy.ts'

const basis = defineSchema(
  'PolicyBasis',
  z.strictObject({
    kind: z
      .enum(basisKinds)
      .meta({ description: 'Read in the document, in what others say of it, from memory, or made up.' }),
    source: text(300).meta({ description: 'Where it was read.' }),
    asOf: day.meta({ description: 'When it was read.' }),
    note: text(500).optional(),
  }),
)

const required = {
  title: text(200),
  issuer: text(120).meta({ description: 'The public body that issued it: 宁波市科学技术局.' }),
  category: z.enum(policyCategories),
  summary: text(1000),
  rules: rulesSchema,
  basis,
  effectiveFrom: day.meta({ description: 'First day on which this version holds.' }),
}
const optional = { documentNo: text(120), benefit: benefitSchema, effectiveTo: day }

const content = z.strictObject({ ...required, ...z.strictObject(optional).partial().shape })
export type PolicyContent = z.output<typeof content>

export const createPolicyBody = content.extend({
  market: marketCode.optional().meta({ description: 'Yours by default; otherwise a branch of it.' }),
  externalId: text(120).optional(),
})
export type CreatePolicy = z.output<typeof createPolicyBody>

/** JSON merge patch. */
export const patchPolicyBody = z.strictObject({
  ...z.strictObject(required).partial().shape,
  documentNo: optional.documentNo.nullish(),
  benefit: optional.benefit.nullish(),
  effectiveTo: optional.effectiveTo.nullish(),
})
export type PatchPolicy = z.output<typeof patchPolicyBody>

export const listPoliciesQuery = z.object({
  ...pageQuery,
  market: marketCode.optional().meta({ description: 'With its branches.' }),
  category: z.enum(policyCategories).optional(),
  state: z.enum(policyStates).default('published').meta({ description: 'Others than published are for operators.' }),
  on: day.optional().meta({ description: 'Those in force on this day; today by default.' }),
  eligibleFor: idSchema('organisation').optional().meta({
    description: 'Adds what the rules say of this organisation today, yes first. For itself and its operator.',
  }),
})
export const readPolicyQuery = z.object({ on: day.optional() })

const version = z.object({
  number: z.int(),
  effectiveFrom: day,
  effectiveTo: day.nullable(),
  publishedAt: z.iso.datetime().nullable(),
})

const versionContent = {
  ...{ title: z.string(), issuer: z.string(), documentNo: z.string().nullable(), category: z.enum(policyCategories) },
  ...{ summary: z.string(), rules: z.record(z.string(), z.unknown()), benefit: benefitSchema.nullable(), basis },
}

const policyEligibility = defineSchema(
  'PolicyEligibility',
  z.object({
    ...eligibilityShape,
    benefitFen: fenSchema.optional().meta({ description: 'What a claim would come to; absent while unknown.' }),
  }),
)

export const policyResponse = defineSchema(
  'Policy',
  z.object({
    ...{ id: idSchema('policy'), market: z.string(), state: z.enum(policyStates), version: z.int() },
    ...versionContent,
    ...version.shape,
    eligibility: policyEligibility.optional(),
  }),
)
export const policiesResponse = pageSchema(policyResponse)

export const policyDetailResponse = defineSchema(
  'PolicyDetail',
  z.object({
    ...policyResponse.shape,
    versions: z.array(version).meta({ description: 'All that were published, oldest first.' }),
    draft: z
      .object({ ...versionContent, ...version.shape })
      .optional()
      .meta({ description: 'The next version; for those who keep the policy.' }),
  }),
)

export const loanYearShape = {
  applicationId: idSchema('financeApplication').optional().meta({ description: 'The loan, for an interest subsidy.' }),
  loanYear: z.int().min(1).max(30).optional().meta({ description: 'Which twelve months from the first drawing.' }),
}

export const checkPolicyBody = z.strictObject({
  organisationId: idSchema('organisation').optional().meta({ description: 'Your own by default.' }),
  assumptions: assumptionsSchema.optional(),
  ...loanYearShape,
})
export const policyCheckResponse = defineSchema(
  'PolicyCheck',
  z.object({ ...policyEligibility.shape, policyVersion: z.int(), explanation: z.array(explanationLine) }),
)
