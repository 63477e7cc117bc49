import { z } from 'zod'
import { defineSchema } from '../../http/schema-registry.ts'

/** How a market runs. Stored as JSON, so that a new rule with a default needs no migration. */
export const marketRules = z.strictObject({
  publishOnSubmit: z
    .boolean()
    .meta({ description: 'Whether a listing that a verified organisation submits is published at once.' }),
  matchThreshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .meta({ description: 'Least calibrated probability at which a match goes to a broker.' }),
  maxMatchesPerListing: z.int().min(1).max(1_000).default(10),
  maxMatchesPerListingDay: z
    .int()
    .min(1)
    .max(10_000)
    .default(30)
    .meta({ description: 'Most matches of one listing that go to brokers on one day in China.' }),
  maxMatchesPerOrganisationDay: z
    .int()
    .min(1)
    .max(100_000)
    .default(500)
    .meta({ description: 'Most matches of one organisation, as demander or supplier, that go to brokers on one day.' }),
  maxOpenItemsPerBrokerDay: z.int().min(1).max(100_000).default(200),
  reviewDueHours: z.int().min(1).max(2_000).default(48).meta({
    description: 'Hours within which a broker is to decide; brokers are reminded then, operators after twice that.',
  }),
  reviewOpenToAllHours: z
    .int()
    .min(0)
    .max(2_000)
    .default(24)
    .meta({ description: 'Hours after which an item goes to brokers of any field and region.' }),
  reviewGrades: z
    .array(z.strictObject({ fromFen: z.int().min(0), grade: z.string().regex(/^technology_broker_[a-z]+$/) }))
    .max(5)
    .default([])
    .meta({ description: 'The least grade of a broker for deals from a value on.' }),
  reviewCertificate: z
    .string()
    .max(60)
    .nullable()
    .default(null)
    .meta({ description: 'Code of qualification-types that a broker must hold, valid, to claim; null asks for none.' }),
  secondReadingShare: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta({ description: 'Share of the items that two brokers read before the decision counts.' }),
  minClarity: z
    .int()
    .min(0)
    .max(100)
    .default(0)
    .meta({ description: 'Least clarity of a demand that the market takes; 0 takes all.' }),
  pricePublicity: z
    .array(z.strictObject({ from: z.iso.date(), days: z.int().min(15).max(365) }))
    .max(20)
    .default([{ from: '2016-02-26', days: 15 }])
    .meta({
      description:
        'Days for which a university makes a price by agreement public before the contract is signed, by day of signing; the law (促进科技成果转化法 §18, 国发〔2016〕16号) asks for at least 15.',
    }),
  commissionBp: z.int().min(0).max(10_000).default(0).meta({
    description:
      'Commission of brokers in basis points of the technology amount of a signed contract; 0 computes none.',
  }),
  introductionChaseDays: z
    .array(z.int().min(1).max(90))
    .max(5)
    .refine((days) => days.every((day, i) => i === 0 || day > (days[i - 1] ?? 0)), 'must rise from day to day')
    .default([3, 7])
    .meta({ description: 'Days after which a side that was asked and is silent is reminded.' }),
  introductionAnswerDays: z
    .int()
    .min(1)
    .max(365)
    .default(14)
    .meta({ description: 'Days after which an introduction that a side has not answered ends.' }),
  synonyms: z
    .array(z.array(z.string().trim().min(2).max(40)).min(2).max(12))
    .max(500)
    .default([])
    .meta({ description: 'Groups of terms that search takes for the same in this market and its branches.' }),
})
export type MarketRules = z.output<typeof marketRules>

export const marketCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,62}$/, 'must be a market code such as "ningbo" or "ningbo-beilun"')

export const upsertMarketInput = z.strictObject({
  code: marketCode,
  parentCode: marketCode.optional(),
  nameZh: z.string().min(1).max(100),
  nameEn: z.string().min(1).max(100),
  region: z.string().regex(/^\d{6}$/),
  rules: marketRules,
})
export type UpsertMarket = z.input<typeof upsertMarketInput>

const marketShape = {
  code: marketCode,
  parentCode: marketCode.nullable(),
  nameZh: z.string(),
  nameEn: z.string(),
  region: z.string().meta({ description: 'GB/T 2260 code.' }),
  rules: marketRules,
  version: z.int(),
  createdAt: z.iso.datetime(),
}

export const marketResponse = defineSchema('Market', z.object(marketShape))
export const marketWithBranchesResponse = defineSchema(
  'MarketWithBranches',
  z.object({
    ...marketShape,
    branches: z.array(marketResponse).meta({ description: 'All markets below this one, at any depth, by code.' }),
  }),
)
