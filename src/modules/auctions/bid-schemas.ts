import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { queryInt } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { listOf, text } from '../listings/index.ts'
import { bidOutcomes } from './bidder-table.ts'
import { bidKinds } from './domain/chain.ts'
import { depositAccounts, depositMoves, depositStates } from './domain/deposit.ts'
import { lotOutcomes, saleModes, unsoldReasons } from './domain/lot.ts'
import { registrationStates } from './domain/registration.ts'

const maxFen = 9_000_000_000_000_000

/** Each fault of an amount has a code of its own in `errors[].code`. */
const bidFen = z
  .number({ error: 'must be a number of fen' })
  .superRefine((value, context) => {
    const refuse = (code: string, message: string) => context.addIssue({ code: 'custom', message, params: { code } })
    if (!Number.isInteger(value)) refuse('not_integer', 'must be a whole number of fen (1 yuan = 100 fen)')
    else if (value > maxFen) refuse('above_safe_integer', `must be at most ${maxFen} fen`)
    else if (value < 1) refuse('not_positive', 'must be at least 1 fen')
  })
  .meta({ openapi: { type: 'integer', minimum: 1, maximum: maxFen } })

const currency = z
  .string()
  .max(10)
  .superRefine((code, context) => {
    if (code !== 'CNY')
      context.addIssue({ code: 'custom', message: 'bids are in CNY', params: { code: 'other_currency' } })
  })
  .default('CNY')
  .meta({ description: 'CNY alone.' })

export const placeBidBody = defineSchema(
  'Bid',
  z
    .strictObject({
      amountFen: bidFen.optional().meta({ description: 'A bid by hand, in fen; 1 yuan = 100 fen.' }),
      maximumFen: bidFen.optional().meta({
        description:
          'Instead of an amount: the system bids for you, no more than it takes, up to this. Nobody sees it.',
      }),
      currency,
    })
    .refine(({ amountFen, maximumFen }) => (amountFen === undefined) !== (maximumFen === undefined), {
      path: ['amountFen'],
      error: 'send either amountFen or maximumFen',
    }),
)
export type PlaceBidBody = z.output<typeof placeBidBody>

export const placedBidResponse = defineSchema(
  'PlacedBid',
  z.object({
    outcome: z.enum(bidOutcomes).meta({
      description: 'leading; outbid at once by an earlier maximum; raised: your own maximum, the price stays.',
    }),
    bidderNumber: z.int(),
    seq: z.int(),
    amountFen: fenSchema,
    priceFen: fenSchema,
    leastFen: fenSchema.meta({ description: 'The least amount of the next bid.' }),
    endsAt: z.iso.datetime(),
    at: z.iso.datetime(),
  }),
)

const bidShape = z.object({
  seq: z.int(),
  bidderNumber: z.int(),
  amountFen: fenSchema,
  kind: z.enum(bidKinds),
  coveredNumber: z.int().nullable(),
  at: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  previousHash: z.string(),
  hash: z.string(),
})
export const bidResponse = defineSchema('PublicBid', bidShape)

export const listBidsQuery = z.object({
  afterSeq: queryInt({ min: 0, max: 1_000_000_000 }).default(0).meta({ description: 'Bids after this number.' }),
  limit: queryInt({ min: 1, max: 1000 }).default(100),
})

export const bidsResponse = defineSchema('PublicBids', z.object({ data: z.array(bidResponse), hasMore: z.boolean() }))

export const auditResponse = defineSchema(
  'AuctionAudit',
  z.object({
    format: z.literal('queqiao-auction-audit/1'),
    terms: z.object({
      lotId: idSchema('auction'),
      sessionId: idSchema('auctionSession'),
      supplyId: idSchema('supply'),
      saleMode: z.enum(saleModes),
      rulesVersion: z.string(),
      startFen: fenSchema,
      depositFen: fenSchema,
      ladder: z.array(z.object({ fromFen: fenSchema, stepFen: fenSchema })),
      reserveCommitment: z.string(),
      opensAt: z.iso.datetime(),
      endsAt: z.iso.datetime(),
      hardEndsAt: z.iso.datetime(),
      softCloseMs: z.int(),
    }),
    termsHash: z.string(),
    outcome: z.enum(lotOutcomes),
    unsoldReason: z.enum(unsoldReasons).nullable(),
    closedAt: z.iso.datetime(),
    finalEndsAt: z.iso.datetime(),
    reserve: z.object({ reserveFen: fenSchema, salt: z.string() }),
    bids: z.array(bidResponse),
    awards: z.array(
      z.object({ bidderNumber: z.int(), amountFen: fenSchema, rank: z.int(), basis: z.string(), state: z.string() }),
    ),
  }),
)

export const registerBidderBody = defineSchema(
  'AuctionRegistrationCreate',
  z.strictObject({
    acceptsTerms: z.boolean(),
    claimsPriority: z.boolean().default(false),
    relatedOrganisationIds: listOf(idSchema('organisation'), 50).default([]).meta({
      description: 'Organisations that control yours or are controlled with it. False declarations void a bid.',
    }),
  }),
)

export const decideRegistrationBody = defineSchema(
  'AuctionRegistrationDecision',
  z
    .strictObject({
      decision: z.enum(['admit', 'refuse', 'exclude']),
      depositReference: text(120).optional().meta({ description: 'Of the payment that came in; needed to admit.' }),
      note: text(500).optional(),
    })
    .refine(({ decision, note }) => decision === 'admit' || note !== undefined, {
      path: ['note'],
      error: 'is required to refuse or exclude',
    }),
)

export const registrationResponse = defineSchema(
  'AuctionRegistration',
  z.object({
    id: idSchema('auctionRegistration'),
    auctionId: idSchema('auction'),
    organisationId: idSchema('organisation'),
    bidderNumber: z.int().meta({ description: 'All that others see of this bidder.' }),
    state: z.enum(registrationStates),
    depositFen: fenSchema,
    depositState: z.enum(depositStates),
    claimsPriority: z.boolean(),
    decisionNote: z.string().optional(),
    decidedAt: z.iso.datetime().optional(),
    createdAt: z.iso.datetime(),
  }),
)

export const depositEntriesResponse = defineSchema(
  'AuctionDepositLedger',
  z.object({
    data: z.array(
      z.object({
        moveId: z.string(),
        move: z.enum(depositMoves),
        account: z.enum(depositAccounts),
        amountFen: z.int().meta({ description: 'Signed: the two sides of a move sum to zero.' }),
        reference: z.string().optional(),
        at: z.iso.datetime(),
      }),
    ),
  }),
)

export const settleLotBody = z.strictObject({ reference: text(120).optional() })
export const defaultAwardBody = z.strictObject({ note: text(500) })
export const answerOfferBody = z.strictObject({ answer: z.enum(['accept', 'decline']) })
export const listRegistrationsQuery = z.object(pageQuery)
