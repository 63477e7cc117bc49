import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { paymentStates } from './domain/payment.ts'
import { pricingModes } from './domain/publicity.ts'
import { dealActions, dealStages } from './domain/stage.ts'
import { brokerShares, dealRight, evidence, milestone, payment, publicity } from './schemas.ts'

const fen = z.int().min(0)
const organisation = z.object({ id: idSchema('organisation'), name: z.string(), uscc: z.string() })

export const classificationResponse = defineSchema(
  'ContractClassification',
  z.object({
    ruleVersion: z.string().meta({ description: 'The rules of the day of signing; they changed on 2026-01-23.' }),
    source: z.string(),
    authority: z.string(),
    outcome: z.enum(['proposed', 'excluded', 'unclear']),
    type: z.string().optional().meta({ description: 'Code of /v1/taxonomies/contract-types.' }),
    alternatives: z.array(z.string()).optional(),
    grounds: z.array(
      z.object({
        trait: z.string(),
        zh: z.string(),
        from: z.enum(['declared', 'text']),
        words: z.array(z.string()),
      }),
    ),
  }),
)

const confirmation = z.object({ userId: z.string(), at: z.string(), termsVersion: z.int() })

/** An intent, as long as nothing is signed. A type of its own, so that no client adds it to what was closed. */
const intent = z
  .object({ kind: z.literal('intent'), amountFen: fen.optional() })
  .meta({ description: 'What the parties have in mind. Never part of a sum of closed amounts.' })
const closed = z.object({ kind: z.literal('closed'), contractAmountFen: fen }).meta({ description: 'What was signed.' })

export const dealResponse = defineSchema(
  'Deal',
  z.object({
    id: idSchema('deal'),
    market: z.string(),
    fields: z.array(z.string()),
    source: z.record(z.string(), z.string()),
    demandId: idSchema('demand').optional(),
    supplyId: idSchema('supply').optional(),
    provider: organisation,
    acquirer: organisation,
    yourRelation: z.enum(['provider', 'acquirer', 'broker', 'operator']),
    stage: z.enum(dealStages),
    allowedActions: z.array(z.enum(dealActions)),
    value: z.discriminatedUnion('kind', [intent, closed]).optional().meta({
      description: 'Intent before the signature, closed from then on; none for a dropped deal.',
    }),
    title: z.string(),
    subject: z.string().optional(),
    traits: z.array(z.string()),
    contractType: z.string().optional(),
    classification: classificationResponse.optional(),
    pricing: z.enum(pricingModes).optional(),
    publicity: publicity.extend({ signableFrom: z.iso.date().optional() }).optional(),
    intentAmountFen: fen.optional(),
    contractAmountFen: fen.optional(),
    technologyAmountFen: fen.optional(),
    technologyIncomeFen: fen.optional(),
    ip: z.array(dealRight),
    milestones: z.array(milestone),
    payments: z.array(payment.extend({ state: z.enum(paymentStates) })),
    paidFen: fen,
    brokers: brokerShares,
    commission: z
      .object({
        basis: z.enum(['signed', 'registered']),
        technologyAmountFen: fen,
        rateBp: z.int(),
        amountFen: fen,
        parts: z.array(z.object({ userId: idSchema('user'), shareBp: z.int(), amountFen: fen })),
      })
      .optional()
      .meta({
        description:
          'What the brokers get: technologyAmountFen × rateBp / 10,000, rounded down and split by shares. The rate is the market’s commissionBp on the day of signing; the basis becomes the certified amount on registration.',
      }),
    termsVersion: z.int().min(1),
    confirmations: z.object({ provider: confirmation.optional(), acquirer: confirmation.optional() }),
    signing: z
      .object({
        signedOn: z.iso.date(),
        contractNo: z.string().optional(),
        record: z.enum(['both_sides', 'operator']),
        evidence: z.array(evidence),
      })
      .optional(),
    registration: z
      .object({
        certificateNo: z.string(),
        registrar: z.string(),
        registeredOn: z.iso.date(),
        contractAmountFen: fen,
        technologyAmountFen: fen,
        technologyIncomeFen: fen,
      })
      .optional(),
    refusals: z.array(z.object({ registrar: z.string(), reason: z.string(), refusedOn: z.iso.date() })),
    performedOn: z.iso.date().optional(),
    dropped: z.object({ stage: z.enum(dealStages), reasonCode: z.string(), note: z.string().optional() }).optional(),
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
)

export const dealSummaryResponse = defineSchema(
  'DealSummary',
  dealResponse
    .pick({
      ...{ id: true, market: true, source: true, stage: true, value: true, title: true, contractType: true },
      ...{ version: true, createdAt: true, updatedAt: true },
    })
    .extend({ providerName: z.string(), acquirerName: z.string() }),
)

export const dealHistoryResponse = defineSchema(
  'DealHistoryEntry',
  z.object({
    version: z.int(),
    action: z.string(),
    fromStage: z.enum(dealStages).optional(),
    toStage: z.enum(dealStages),
    changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })),
    userId: z.string().optional(),
    at: z.iso.datetime(),
  }),
)

export const registrationPackResponse = defineSchema(
  'RegistrationPack',
  z.object({
    dealId: idSchema('deal'),
    title: z.string(),
    contractNo: z.string().optional(),
    signedOn: z.iso.date().optional(),
    parties: z.array(
      z.object({ role: z.enum(['provider', 'acquirer']), roleZh: z.string(), ...organisation.shape, kind: z.string() }),
    ),
    subject: z.string().optional(),
    contractType: z.object({ code: z.string(), zh: z.string() }).optional(),
    classification: classificationResponse.optional(),
    amounts: z.object({
      contractAmountFen: fen.optional(),
      technologyAmountFen: fen.optional(),
      technologyIncomeFen: fen.optional(),
      goodsFen: fen.optional().meta({ description: 'What is paid for goods: contract minus technology amount.' }),
    }),
    pricing: z.enum(pricingModes).optional(),
    publicity: publicity.optional(),
    ip: z.array(dealRight.extend({ typeZh: z.string() })),
    milestones: z.array(milestone),
    payments: z.array(payment),
    missing: z
      .array(z.object({ field: z.string(), zh: z.string() }))
      .meta({ description: 'What an office would ask for.' }),
    generatedAt: z.iso.datetime(),
  }),
)
export type RegistrationPack = z.input<typeof registrationPackResponse>
