import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { queryFlag } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { answers, fieldNames } from '../../rules/index.ts'
import { day, text } from '../listings/index.ts'
import { movementKinds } from './domain/amounts.ts'
import { actions, stages } from './domain/lifecycle.ts'

const positiveFen = fenSchema.refine((fen) => fen > 0, 'must be above 0')
const document = z.strictObject({
  name: text(200),
  kind: text(60),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hexadecimal'),
  sizeBytes: z.int().min(1).max(1_000_000_000),
})

export const createApplicationBody = z.strictObject({
  amountFen: positiveFen,
  termMonths: z.int().min(1).max(600),
  purpose: text(500),
  matchId: idSchema('match').optional().meta({ description: 'A match of your own demand that the money is for.' }),
  agreementId: idSchema('frameworkAgreement').optional().meta({ description: 'To be drawn under.' }),
  shareFields: z
    .array(z.enum(fieldNames))
    .max(60)
    .default([])
    .meta({ description: 'Evidence that the provider may see, as it is now. It sees nothing else.' }),
  documents: z
    .array(document)
    .max(50)
    .default([])
    .meta({ description: 'What is handed in: name, kind, hash and size.' }),
})
export type CreateApplication = z.output<typeof createApplicationBody>

export const declineReasons = [
  'not_eligible',
  'credit_risk',
  'incomplete',
  'quota_used_up',
  'purpose',
  'other',
] as const

export const changeStageBody = z.strictObject({
  action: z.enum(actions),
  amountFen: positiveFen.optional().meta({
    description:
      'The line for approve; the amount for draw, repay and compensate. A pool pays all that it may by default.',
  }),
  on: day.optional().meta({ description: 'Day on which the money moved; today by default.' }),
  reason: z.enum(declineReasons).optional(),
  note: text(1000).optional(),
})
export type ChangeStage = z.output<typeof changeStageBody>

export const listApplicationsQuery = z.object({
  ...pageQuery,
  role: z.enum(['applicant', 'provider']).optional(),
  stage: z.enum(stages).optional(),
  late: queryFlag().optional().meta({ description: 'Only those whose next step is overdue.' }),
})

export const applicationResponse = defineSchema(
  'FinanceApplication',
  z.object({
    id: idSchema('financeApplication'),
    productId: idSchema('financeProduct'),
    applicantId: idSchema('organisation'),
    providerId: idSchema('organisation'),
    market: z.string(),
    matchId: idSchema('match').nullable(),
    agreementId: idSchema('frameworkAgreement').nullable(),
    riskPoolId: idSchema('riskPool').nullable().meta({ description: 'The pool that guarantees it.' }),
    stage: z.enum(stages),
    allowedActions: z.array(z.enum(actions)).meta({ description: 'Steps that are yours now.' }),
    ...{ amountFen: fenSchema, termMonths: z.int(), purpose: z.string() },
    lineFen: fenSchema.nullable().meta({ description: 'Granted 授信额度.' }),
    drawnFen: fenSchema.meta({ description: 'Taken so far 累计提款.' }),
    repaidFen: fenSchema,
    compensatedFen: fenSchema.meta({ description: 'Paid by guarantors 代偿.' }),
    balanceFen: fenSchema.meta({ description: 'Owed now 贷款余额.' }),
    rateBasisPoints: z.int().nullable().meta({ description: 'Yearly, as of the approval.' }),
    declineReason: z.string().nullable(),
    preCheck: z.object({ answer: z.enum(answers), missing: z.array(z.string()), productVersion: z.int() }),
    shared: z.array(
      z.object({
        ...{ field: z.string(), label: z.string(), value: z.string(), isVerified: z.boolean() },
        source: z.string().optional(),
      }),
    ),
    documents: z.array(document),
    dueAt: z.iso.datetime().nullable(),
    isLate: z.boolean(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    submittedAt: z.iso.datetime().nullable(),
    decidedAt: z.iso.datetime().nullable(),
  }),
)
export const applicationsResponse = pageSchema(applicationResponse)

export const applicationDetailResponse = defineSchema(
  'FinanceApplicationDetail',
  z.object({
    ...applicationResponse.shape,
    steps: z.array(
      z.object({
        version: z.int(),
        action: z.string(),
        ...{ fromStage: z.enum(stages).nullable(), toStage: z.enum(stages) },
        ...{ movement: z.enum(movementKinds).nullable(), amountFen: fenSchema.nullable() },
        ...{ movedOn: day.nullable(), note: z.string().nullable(), at: z.iso.datetime() },
      }),
    ),
  }),
)

export const guaranteeBatchBody = z.strictObject({
  applicationIds: z.array(idSchema('financeApplication')).min(1).max(200),
})
export const guaranteeBatchResponse = defineSchema(
  'GuaranteeBatch',
  z.object({
    ...{ batchId: idSchema('guaranteeBatch'), poolId: idSchema('riskPool') },
    guaranteedFen: fenSchema.meta({ description: 'The lines of all of them.' }),
    applications: z.array(applicationResponse),
  }),
)
