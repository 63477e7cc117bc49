import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { queryFlag } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { fenSchema } from '../../kernel/money.ts'
import { codeOf, day, listOf, text } from '../listings/index.ts'
import { marketCode } from '../markets/index.ts'
import { ladderFault } from './domain/ladder.ts'
import { lotOutcomes, lotStates, saleModes, unsoldReasons } from './domain/lot.ts'

const instant = z.iso.datetime({ offset: true })
const positiveFen = fenSchema.min(1)

export const createSeasonBody = defineSchema(
  'AuctionSeasonCreate',
  z
    .strictObject({ market: marketCode, name: text(120), theme: text(200).optional(), startsOn: day, endsOn: day })
    .refine(({ startsOn, endsOn }) => endsOn >= startsOn, { path: ['endsOn'], error: 'must not be before startsOn' }),
)
export type CreateSeasonBody = z.output<typeof createSeasonBody>

export const seasonResponse = defineSchema(
  'AuctionSeason',
  z.object({
    id: idSchema('auctionSeason'),
    market: z.string(),
    name: z.string(),
    theme: z.string().optional(),
    startsOn: z.string(),
    endsOn: z.string(),
    version: z.int(),
    createdAt: z.iso.datetime(),
  }),
)

export const createSessionBody = defineSchema(
  'AuctionSessionCreate',
  z
    .strictObject({
      seasonId: idSchema('auctionSeason'),
      title: text(200),
      introduction: text(2000).optional(),
      fields: listOf(codeOf('fields'), 10).min(1),
      place: text(200).optional(),
      heldOn: day,
      previewFrom: instant.optional(),
      previewTo: instant.optional(),
    })
    .superRefine(({ previewFrom, previewTo }, context) => {
      const isOneMissing = (previewFrom === undefined) !== (previewTo === undefined)
      const isReversed =
        previewFrom !== undefined && previewTo !== undefined && Date.parse(previewTo) < Date.parse(previewFrom)
      if (isOneMissing || isReversed) {
        context.addIssue({ code: 'custom', path: ['previewTo'], message: 'a preview has both ends, in their order' })
      }
    }),
)
export type CreateSessionBody = z.output<typeof createSessionBody>

export const sessionResponse = defineSchema(
  'AuctionSession',
  z.object({
    id: idSchema('auctionSession'),
    seasonId: idSchema('auctionSeason'),
    market: z.string(),
    title: z.string(),
    introduction: z.string().optional(),
    fields: z.array(z.string()),
    place: z.string().optional(),
    heldOn: z.string(),
    previewFrom: z.iso.datetime().optional(),
    previewTo: z.iso.datetime().optional(),
    version: z.int(),
    createdAt: z.iso.datetime(),
  }),
)

const tier = z.strictObject({ fromFen: fenSchema, stepFen: positiveFen })
const ladder = listOf(tier, 12)
  .min(1)
  .superRefine((tiers, context) => {
    const fault = ladderFault(tiers)
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault })
  })
  .meta({ description: 'Increments by price, ascending, the first from 0.' })

const termsDocument = defineSchema(
  'AuctionTermsDocument',
  z.strictObject({
    name: text(200),
    sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits'),
    sizeBytes: z.int().min(1).max(500_000_000),
    mediaType: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type such as application/pdf'),
  }),
)

const qualifications = listOf(codeOf('qualification-types'), 5)
const priorityBuyers = listOf(idSchema('organisation'), 10).meta({ description: '优先购买权人.' })
const relatedOrganisations = listOf(idSchema('organisation'), 50).meta({
  description: 'Related to the seller: they may not bid. Shown to the seller and the operator only.',
})

const lotTermsShape = {
  saleMode: z.enum(saleModes),
  startFen: positiveFen,
  ladder,
  reserveFen: fenSchema.meta({
    description: 'Sealed at once: nobody reads it before the close, only its commitment. 0 means no reserve.',
  }),
  depositFen: fenSchema,
  valuationFen: positiveFen,
  valuedOn: day,
  valuedBy: text(120),
  opensAt: instant,
  endsAt: instant,
}

export const createLotBody = defineSchema(
  'AuctionLotCreate',
  z
    .strictObject({
      ...{ sessionId: idSchema('auctionSession'), supplyId: idSchema('supply'), ...lotTermsShape },
      termsDocument: termsDocument.optional(),
      requiredQualifications: qualifications.default([]),
      priorityOrganisationIds: priorityBuyers.default([]),
      relatedOrganisationIds: relatedOrganisations.default([]),
    })
    .refine(({ opensAt, endsAt }) => Date.parse(endsAt) > Date.parse(opensAt), {
      path: ['endsAt'],
      error: 'must be after opensAt',
    }),
)
export type CreateLotBody = z.output<typeof createLotBody>

export const changeLotBody = defineSchema(
  'AuctionLotPatch',
  z
    .strictObject({
      ...lotTermsShape,
      termsDocument: termsDocument.nullable(),
      requiredQualifications: qualifications,
      priorityOrganisationIds: priorityBuyers,
      relatedOrganisationIds: relatedOrganisations,
    })
    .partial(),
)
export type ChangeLotBody = z.output<typeof changeLotBody>

export const reauctionBody = defineSchema(
  'AuctionLotAgain',
  z.strictObject({
    sessionId: idSchema('auctionSession').optional().meta({ description: 'The same session by default.' }),
    startFen: positiveFen,
    reserveFen: fenSchema,
    depositFen: fenSchema,
    opensAt: instant,
    endsAt: instant,
  }),
)
export type ReauctionBody = z.output<typeof reauctionBody>

export const withdrawLotBody = z.strictObject({ reason: text(500) })

export const listSessionsQuery = z.object({
  ...pageQuery,
  market: marketCode.optional(),
  seasonId: idSchema('auctionSeason').optional(),
})
export const listSeasonsQuery = z.object({ ...pageQuery, market: marketCode.optional() })

export const listLotsQuery = z.object({
  ...pageQuery,
  market: marketCode.optional().meta({ description: 'A market and its branches.' }),
  sessionId: idSchema('auctionSession').optional(),
  state: z.enum(lotStates).optional(),
  mine: queryFlag().optional().meta({ description: 'Lots that your organisation sells, drafts among them.' }),
})
export type ListLotsQuery = z.output<typeof listLotsQuery>

const awardShape = z.object({
  bidderNumber: z.int(),
  amountFen: fenSchema,
  basis: z.string(),
  state: z.string(),
  answerBy: z.iso.datetime(),
  yours: z.boolean(),
})

export const lotResponse = defineSchema(
  'AuctionLot',
  z.object({
    id: idSchema('auction'),
    sessionId: idSchema('auctionSession'),
    market: z.string(),
    supplyId: idSchema('supply'),
    seller: z.object({ id: idSchema('organisation'), name: z.string() }),
    title: z.string(),
    fields: z.array(z.string()),
    saleMode: z.enum(saleModes),
    state: z.enum(lotStates),
    outcome: z.enum(lotOutcomes).optional(),
    unsoldReason: z.enum(unsoldReasons).optional(),
    withdrawalReason: z.string().optional(),
    startFen: fenSchema,
    ladder: z.array(tier),
    depositFen: fenSchema,
    valuationFen: fenSchema,
    valuedOn: z.string(),
    valuedBy: z.string(),
    termsDocument: termsDocument.optional(),
    requiredQualifications: z.array(z.string()),
    hasPriorityBuyers: z.boolean(),
    relatedOrganisationIds: z.array(idSchema('organisation')).optional(),
    priorityOrganisationIds: z.array(idSchema('organisation')).optional(),
    reserveCommitment: z.string().meta({ description: 'sha256 of `reserveFen|salt`; opened at the close.' }),
    reserve: z.object({ reserveFen: fenSchema, salt: z.string() }).optional().meta({ description: 'After the close.' }),
    rulesVersion: z.string().optional(),
    rules: z.record(z.string(), z.number()).optional(),
    termsHash: z.string().optional(),
    announcedAt: z.iso.datetime().optional(),
    opensAt: z.iso.datetime(),
    plannedEndsAt: z.iso.datetime(),
    endsAt: z.iso.datetime().meta({ description: 'With the extensions so far.' }),
    hardEndsAt: z.iso.datetime().optional().meta({ description: 'No extension goes beyond it.' }),
    closedAt: z.iso.datetime().optional(),
    bidCount: z.int(),
    priceFen: fenSchema.optional(),
    leastFen: fenSchema.optional().meta({ description: 'The least amount of the next bid.' }),
    leaderNumber: z.int().optional(),
    award: awardShape.optional(),
    you: z
      .object({
        registrationId: idSchema('auctionRegistration'),
        bidderNumber: z.int(),
        state: z.string(),
        leads: z.boolean(),
        maximumFen: fenSchema.optional().meta({ description: 'Yours, while you lead; nobody else sees it.' }),
      })
      .optional(),
    previousLotId: idSchema('auction').optional(),
    round: z.int(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
)
