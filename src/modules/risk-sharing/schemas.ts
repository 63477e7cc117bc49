import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { riskParties } from '../financing/index.ts'
import { text } from '../listings/index.ts'
import { marketCode } from '../markets/index.ts'
import { accounts, journalKinds, sides } from './domain/ledger.ts'
import { lender, poolActions, poolKinds, poolStates } from './domain/pool.ts'

const positiveFen = fenSchema.refine((fen) => fen > 0, 'must be above 0')
const basisPoints = z.int({ error: 'must be whole basis points (1 % = 100)' }).min(1).max(10_000)

const shares = z
  .array(z.strictObject({ party: z.enum(riskParties), basisPoints }))
  .max(riskParties.length)
  .refine((all) => new Set(all.map(({ party }) => party)).size === all.length, 'must name each party once')
  .refine((all) => all.some(({ party }) => party !== lender), 'must name a party besides the bank')
  .meta({ description: 'Who bears which part of a loss; they sum to 10,000, otherwise 422 SHARES_DO_NOT_SUM.' })

const terms = {
  kind: z.enum(poolKinds).meta({
    description: 'fund 风险补偿资金池: enrolled enterprises, one by one. batch 总对总: what a bank hands in together.',
  }),
  name: text(120),
  shares,
  capacityFen: positiveFen.meta({ description: 'The most that is guaranteed at one time.' }),
  singleCapFen: positiveFen.optional().meta({ description: 'The most of one line.' }),
  capBasisPoints: basisPoints.meta({
    description:
      'Cap on net compensations, of all that was ever guaranteed (代偿上限). At it nothing new is guaranteed.',
  }),
}

export const createPoolBody = z.strictObject({
  market: marketCode.optional().meta({ description: 'Yours by default; otherwise a branch of it.' }),
  externalId: text(120).optional(),
  ...terms,
})
export type CreatePool = z.output<typeof createPoolBody>

export const changePoolStateBody = z.strictObject({ action: z.enum(poolActions) })
export const listPoolsQuery = z.object({ ...pageQuery, market: marketCode.optional() })
export const pagedQuery = z.object(pageQuery)

const reference = text(120).optional().meta({ description: 'Of the payment.' })
export const contributeBody = z.strictObject({ party: z.enum(riskParties), amountFen: positiveFen, reference })
export type Contribute = z.output<typeof contributeBody>
export const recoverBody = z.strictObject({
  applicationId: idSchema('financeApplication'),
  amountFen: positiveFen,
  reference,
})
export type Recover = z.output<typeof recoverBody>

export const poolResponse = defineSchema(
  'RiskPool',
  z.object({
    ...{ id: idSchema('riskPool'), market: z.string(), state: z.enum(poolStates), ...terms },
    singleCapFen: fenSchema.nullable(),
    guaranteedFen: fenSchema.meta({ description: 'Ever guaranteed.' }),
    outstandingFen: fenSchema.meta({ description: 'Guaranteed now.' }),
    cashFen: fenSchema.meta({ description: 'Paid in and not paid out.' }),
    compensatedFen: fenSchema,
    recoveredFen: fenSchema,
    roomUnderCapFen: fenSchema.meta({ description: 'What may still be paid under the cap.' }),
    hasStopped: z.boolean().meta({ description: 'Net compensations have reached the cap (熔断).' }),
    version: z.int(),
    createdAt: z.iso.datetime(),
  }),
)
export const poolsResponse = pageSchema(poolResponse)

export const memberResponse = defineSchema(
  'RiskPoolMember',
  z.object({
    organisationId: idSchema('organisation'),
    enrolledAt: z.iso.datetime(),
    leftAt: z.iso.datetime().nullable(),
  }),
)
export const membersResponse = pageSchema(memberResponse)

export const journalResponse = defineSchema(
  'RiskPoolJournal',
  z.object({
    id: idSchema('poolJournal'),
    kind: z.enum(journalKinds),
    applicationId: idSchema('financeApplication').nullable(),
    reference: z.string().nullable(),
    at: z.iso.datetime(),
    entries: z
      .array(
        z.object({
          account: z.enum(accounts),
          party: z.enum(riskParties).nullable(),
          side: z.enum(sides),
          amountFen: fenSchema,
        }),
      )
      .meta({ description: 'Debits and credits are equal.' }),
  }),
)
export const journalsResponse = pageSchema(journalResponse)
