import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { codeOf, day, listOf, text } from '../listings/index.ts'
import { isReasonFor } from '../taxonomy/index.ts'
import { areBrokersDistinct, areSharesWhole } from './domain/broker-shares.ts'
import { traitCodes } from './domain/classification.ts'
import { pricingModes } from './domain/publicity.ts'
import { sourceKinds } from './domain/source.ts'
import { dealStages } from './domain/stage.ts'

export const evidence = z.strictObject({
  name: text(200),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
  note: text(300).optional(),
})
export const milestone = z.strictObject({
  title: text(200),
  dueOn: day,
  reachedOn: day.optional(),
  evidence: listOf(evidence, 10).optional(),
})
export const payment = z.strictObject({
  title: text(200),
  amountFen: fenSchema.min(1),
  dueOn: day,
  paidOn: day.optional(),
  evidence: listOf(evidence, 10).optional(),
})
export const dealRight = z.strictObject({ type: codeOf('ip-types'), title: text(200), number: text(40).optional() })
export const publicity = z.strictObject({ from: day, place: text(200), evidence: listOf(evidence, 5).optional() })
export const brokerShares = z
  .array(z.strictObject({ userId: idSchema('user'), shareBp: z.int().min(1).max(10_000) }))
  .max(10)
  .refine(areSharesWhole, 'the shares must be 10,000 basis points together')
  .refine(areBrokersDistinct, 'must not name a broker twice')
  .meta({ description: 'Who brokered the deal, and which part of the commission is theirs, in basis points.' })

export const createDealBody = z.strictObject({
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('introduction'), introductionId: idSchema('introduction') }),
    z
      .strictObject({
        kind: z.literal('direct'),
        providerOrgId: idSchema('organisation'),
        acquirerOrgId: idSchema('organisation'),
      })
      .refine(({ providerOrgId, acquirerOrgId }) => providerOrgId !== acquirerOrgId, {
        path: ['acquirerOrgId'],
        error: 'must be another organisation than the provider',
      }),
  ]),
  title: text(200).optional(),
  intentAmountFen: fenSchema.optional().meta({ description: 'What the parties have in mind; never a closed amount.' }),
})
export type CreateDeal = z.output<typeof createDealBody>

export const updateDealBody = z.strictObject({
  title: text(200).optional(),
  subject: text(4_000).nullable().optional(),
  traits: z.array(z.enum(traitCodes)).max(20).optional(),
  contractType: codeOf('contract-types').nullable().optional(),
  pricing: z.enum(pricingModes).nullable().optional(),
  publicity: publicity.nullable().optional(),
  ip: listOf(dealRight, 50).optional(),
  milestones: listOf(milestone, 50).optional(),
  payments: listOf(payment, 50).optional(),
  brokers: brokerShares.optional(),
  intentAmountFen: fenSchema.nullable().optional(),
  contractAmountFen: fenSchema.nullable().optional().meta({ description: '成交额, in fen.' }),
  technologyAmountFen: fenSchema
    .nullable()
    .optional()
    .meta({ description: '技术交易额, part of the contract amount.' }),
  technologyIncomeFen: fenSchema
    .nullable()
    .optional()
    .meta({ description: '技术性收入, part of the technology amount.' }),
})
export type UpdateDeal = z.output<typeof updateDealBody>

export const confirmTermsBody = z.strictObject({ termsVersion: z.int().min(1) })

const dropReason = z
  .string()
  .max(40)
  .refine((code) => isReasonFor('deal_drop', code), 'is no reason for dropping a deal; see /v1/taxonomies/reason-codes')

export const moveDealBody = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('negotiate') }),
  z.strictObject({
    action: z.literal('sign'),
    signedOn: day,
    contractNo: text(60).optional(),
    evidence: listOf(evidence, 10)
      .optional()
      .meta({ description: 'The signed paper; operators need it to record one.' }),
  }),
  z.strictObject({
    action: z.literal('register'),
    certificateNo: text(60),
    registrar: text(120),
    registeredOn: day,
    contractAmountFen: fenSchema,
    technologyAmountFen: fenSchema,
    technologyIncomeFen: fenSchema,
  }),
  z.strictObject({
    action: z.literal('refuse_registration'),
    registrar: text(120),
    reason: text(500),
    refusedOn: day,
  }),
  z.strictObject({ action: z.literal('perform'), performedOn: day }),
  z.strictObject({ action: z.literal('drop'), reasonCode: dropReason, note: text(500).optional() }),
])
export type MoveDeal = z.output<typeof moveDealBody>

/** Which deals a list or a file has. */
export const dealFilters = { stage: z.enum(dealStages).optional(), source: z.enum(sourceKinds).optional() }
export const listDealsQuery = z.object({ ...pageQuery, ...dealFilters })

export const classifyContractBody = z.strictObject({
  text: text(4_000),
  traits: z.array(z.enum(traitCodes)).max(20).default([]),
  signedOn: day.optional().meta({ description: 'The rules of this day; today by default.' }),
})
