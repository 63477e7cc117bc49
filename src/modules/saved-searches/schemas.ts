import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { codeOf, listingIdSchema, listingKinds } from '../listings/index.ts'
import { searchListingsQuery } from '../search/index.ts'
import { alertModes } from './domain/alert.ts'

const { q, market, field, industry, ipc, region, mode, trust } = searchListingsQuery.shape
const trl = z.int().min(1).max(9).optional()
const fen = z.int().min(0).max(9_000_000_000_000_000).optional()

/** The filters of GET /v1/search; numbers and lists, which are text in a URL, have their own types here. */
export const savedQueryBody = z
  .strictObject({
    ...{ q, market, field, industry, ipc, region, mode, trust },
    kind: z.array(z.enum(listingKinds)).min(1).max(listingKinds.length).optional(),
    ...{ trlMin: trl, trlMax: trl },
    ...{ priceMinFen: fen, priceMaxFen: fen, amountMinFen: fen, amountMaxFen: fen },
    qualification: z.array(codeOf('qualification-types')).min(1).max(20).optional(),
    publishedWithinDays: z.int().min(1).max(3_650).optional(),
  })
  .meta({ description: 'The filters of GET /v1/search, joined by AND. Words count as written, without synonyms.' })

const name = z
  .string()
  .overwrite((text) => text.normalize('NFC').trim())
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line without control characters')
const alerts = z.enum(alertModes).meta({
  description:
    'instant: one notification a hit, 20 a day at most; daily: one with the count; off: hits are only listed.',
})

export const createSavedSearchBody = z.strictObject({ name, query: savedQueryBody, alerts: alerts.default('daily') })
export type CreateSavedSearch = z.output<typeof createSavedSearchBody>

export const updateSavedSearchBody = z.strictObject({
  name: name.optional(),
  query: savedQueryBody.optional(),
  alerts: alerts.optional(),
})
export type UpdateSavedSearch = z.output<typeof updateSavedSearchBody>

const code = z.string().optional()
const amount = z.int().optional()
export const savedSearchResponse = defineSchema(
  'SavedSearch',
  z.object({
    id: idSchema('savedSearch'),
    name: z.string(),
    query: z.object({
      ...{ q: code, market: code, field: code, industry: code, ipc: code, region: code, mode: code, trust: code },
      kind: z.array(z.enum(listingKinds)).optional(),
      ...{ trlMin: amount, trlMax: amount, publishedWithinDays: amount },
      ...{ priceMinFen: amount, priceMaxFen: amount, amountMinFen: amount, amountMaxFen: amount },
      qualification: z.array(z.string()).optional(),
    }),
    alerts: z.enum(alertModes),
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
)

export const listQuery = z.object(pageQuery)
export const savedSearchesResponse = pageSchema(savedSearchResponse)

export const savedSearchHitResponse = defineSchema(
  'SavedSearchHit',
  z.object({
    listingId: listingIdSchema,
    kind: z.enum(listingKinds),
    title: z.string(),
    summary: z.string().optional(),
    market: z.string(),
    publishedAt: z.iso.datetime().optional(),
    foundAt: z.iso.datetime(),
  }),
)
export const savedSearchHitsResponse = pageSchema(savedSearchHitResponse)
