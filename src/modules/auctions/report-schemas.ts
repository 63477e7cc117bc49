import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { interestBands, leastTold } from './domain/interest.ts'
import { saleModes } from './domain/lot.ts'
import { signalCodes } from './domain/signals/index.ts'

const figures = {
  lots: z.int(),
  upcoming: z.int(),
  running: z.int(),
  sold: z.int(),
  unsold: z.int(),
  withdrawn: z.int(),
  defaulted: z.int(),
  soldPercent: z
    .number()
    .nullable()
    .meta({ description: 'Sold of sold, unsold and defaulted; null before the first.' }),
  intentFen: fenSchema.meta({ description: 'Won or accepted, not yet paid and signed. Never added to closedFen.' }),
  closedFen: fenSchema.meta({ description: 'Paid and signed.' }),
}

export const seasonReportResponse = defineSchema(
  'AuctionSeasonReport',
  z.object({
    seasonId: idSchema('auctionSeason'),
    name: z.string(),
    asOf: z.iso.datetime(),
    totals: z.object(figures),
    byField: z.array(z.object({ field: z.string(), ...figures })).meta({
      description: 'A lot of two fields counts in both: these do not add up to the totals.',
    }),
    byInstitution: z.array(
      z.object({ organisation: z.object({ id: idSchema('organisation'), name: z.string() }), ...figures }),
    ),
  }),
)

const band = z.enum(interestBands)

export const interestBody = z.strictObject({
  band: band.meta({ description: 'What you would pay at most, in yuan: up to 100,000, 300,000 … or over 10 million.' }),
})
export const interestResponse = z.object({ supplyId: idSchema('supply'), band, updatedAt: z.iso.datetime() })

export const interestSummaryResponse = defineSchema(
  'AuctionInterest',
  z.object({
    organisations: z.int(),
    bands: z
      .array(z.object({ band, organisations: z.int() }))
      .nullable()
      .meta({ description: `Null while fewer than ${leastTold} organisations are interested.` }),
  }),
)

export const guidanceBody = z.strictObject({
  saleMode: z.enum(saleModes),
  valuationFen: fenSchema.min(1),
  reserveFen: fenSchema,
})

const comparable = z.object({
  auctionId: idSchema('auction'),
  title: z.string(),
  market: z.string(),
  valuationFen: fenSchema,
  reserveFen: fenSchema.optional(),
  highestFen: fenSchema.optional().meta({ description: 'Missing where nobody bid.' }),
  outcome: z.enum(['sold', 'unsold']),
  closedAt: z.iso.datetime(),
})

export const guidanceResponse = defineSchema(
  'ReserveGuidance',
  z.object({
    comparables: z.array(comparable),
    reached: z.int().meta({ description: 'Comparables that were bid up to the same share of their valuation.' }),
    usual: z.object({ lowFen: fenSchema, highFen: fenSchema }).nullable().meta({
      description: 'The middle half of comparables with bids, carried over to your valuation.',
    }),
    interest: interestSummaryResponse,
    warnings: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
  }),
)

export const signalsResponse = defineSchema(
  'AuctionSignals',
  z.object({
    data: z.array(
      z.object({
        code: z.enum(signalCodes),
        bidderNumbers: z.array(z.int()),
        evidence: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
        zh: z.string(),
        en: z.string(),
      }),
    ),
  }),
)
