import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { queryFlag } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { ipcSchema } from '../../kernel/ipc.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { enclosingTerm, isKnownCode, isReasonFor, nearestCode, type TaxonomyName } from '../taxonomy/index.ts'
import { listingOutcomes, listingStates } from './domain/lifecycle.ts'
import { listingKinds } from './domain/listing.ts'
import { trustCodes, trustReasons } from './domain/trust-code.ts'

/** A code of a reference set; the message names the nearest valid one. */
export function codeOf(taxonomy: TaxonomyName) {
  return z
    .string()
    .max(40)
    .superRefine((code, context) => {
      if (isKnownCode(taxonomy, code)) return
      const guess = nearestCode(taxonomy, code)
      const hint = guess === undefined ? `see /v1/taxonomies/${taxonomy}` : `did you mean "${guess}"?`
      context.addIssue({ code: 'custom', message: `is not a code of ${taxonomy}; ${hint}` })
    })
    .meta({ description: `Code of /v1/taxonomies/${taxonomy}.` })
}

/** Six digits of GB/T 2260 that lie in a province we know; counties need not be listed one by one. */
export const regionCode = z
  .string()
  .regex(/^\d{6}$/, 'must be a division code of six digits (GB/T 2260)')
  .refine((code) => enclosingTerm('regions', code) !== undefined, 'is in no known province (GB/T 2260)')

/** Free text: trimmed, 1 to `max` characters. */
export const text = (max: number) => z.string().trim().min(1).max(max)
export const day = z.iso.date({ error: 'must be a date YYYY-MM-DD' })
export const listOf = <S extends z.ZodType>(item: S, max = 20) => z.array(item).max(max)

export const indicatorSchema = defineSchema(
  'Indicator',
  z
    .strictObject({
      name: text(60),
      operator: z.enum(['>=', '<=', '>', '<', '=', 'range']),
      value: z.number(),
      valueMax: z.number().optional(),
      unit: text(20).optional(),
    })
    .refine((indicator) => indicator.operator !== 'range' || (indicator.valueMax ?? -Infinity) >= indicator.value, {
      path: ['valueMax'],
      error: 'a range needs valueMax, not below value',
    })
    .meta({ description: 'A quantified property: 耐温 >= 600 ℃.' }),
)

export const readIndicatorSchema = defineSchema(
  'ReadIndicator',
  z
    .object({
      name: z.string(),
      operator: z.enum(['>=', '<=', '>', '<', '=', 'range']),
      value: z.number(),
      valueMax: z.number().optional(),
      unit: z.string().optional(),
      text: z.string().meta({ description: 'The words it was read from.' }),
    })
    .meta({ description: 'An indicator that the server read from the texts, beside the declared ones.' }),
)

const contactSchema = z.strictObject({
  name: text(60),
  phone: text(40).optional(),
  email: z.email().max(200).optional(),
})

/** Fields that all kinds share, as the API takes them. */
export const sharedShape = {
  market: text(60).meta({ description: 'Code of the home market, see /v1/markets.' }),
  title: z.string().trim().min(4).max(120),
  summary: text(500).optional().meta({ description: 'Public teaser.' }),
  description: text(20_000).optional().meta({ description: 'For signed-in members.' }),
  fields: listOf(codeOf('fields'), 3).min(1),
  industries: listOf(codeOf('industries'), 10).optional(),
  strategicIndustries: listOf(codeOf('strategic-industries'), 9).optional(),
  ipc: listOf(ipcSchema, 20).optional(),
  keywords: listOf(text(40), 20).optional(),
  region: regionCode.optional(),
  cooperationModes: listOf(codeOf('cooperation-modes'), 10).optional(),
  indicators: listOf(indicatorSchema, 50).optional(),
  language: z.enum(['zh', 'en']).optional(),
  provenance: z
    .strictObject({ source: text(60), url: z.url().max(500).optional(), note: text(300).optional() })
    .optional(),
  externalId: text(120).optional().meta({ description: 'Your own id; unique within your organisation and kind.' }),
  validUntil: day.optional(),
}

export const confidentialShape = {
  confidentialDetail: text(20_000)
    .optional()
    .meta({ description: 'Only for you, and later for parties under an NDA.' }),
  contact: contactSchema.optional().meta({ description: 'Shown to the other side after both accept an introduction.' }),
}

/** Fields that the server sets. */
export const stateShape = {
  kind: z.enum(listingKinds),
  organisation: z.object({ id: idSchema('organisation'), name: z.string(), kind: z.enum(organisationKinds) }),
  state: z.enum(listingStates),
  outcome: z.enum(listingOutcomes).optional(),
  trustCode: z.enum(trustCodes),
  trustReasons: z.array(z.enum(trustReasons)),
  disclosure: z.enum(['teaser', 'member', 'full']).meta({ description: 'How much of the listing this answer shows.' }),
  allowedActions: z.array(z.string()).optional(),
  returnReasons: z.array(z.string()).optional(),
  returnNote: z.string().optional(),
  publishedAt: z.iso.datetime().optional(),
  confirmedAt: z.iso.datetime().optional(),
  closedAt: z.iso.datetime().optional(),
  mergedInto: z.string().optional().meta({ description: 'The listing that took this one in; others are sent there.' }),
  version: z.int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}

/** Which listings a list or a file has. */
export const listingFilters = {
  mine: queryFlag().optional().meta({ description: 'Only my organisation, in every state.' }),
  state: z
    .enum(listingStates)
    .optional()
    .meta({ description: 'Others than published: own, or as operator of the market.' }),
  market: text(60).optional().meta({ description: 'Home market and its branches.' }),
  field: codeOf('fields').optional(),
  region: z
    .string()
    .regex(/^\d{2}(\d{2}){0,2}$/)
    .optional()
    .meta({ description: 'Prefix of a division code.' }),
}
export const listListingsQuery = z.object({ ...pageQuery, ...listingFilters })
export type ListListingsQuery = z.output<typeof listListingsQuery>

export const listHistoryQuery = z.object(pageQuery)

export const returnListingBody = z.strictObject({
  reasons: listOf(
    codeOf('reason-codes').refine(
      (code) => isReasonFor('listing_return', code),
      'is not a reason for returning a listing',
    ),
    5,
  ).min(1),
  note: text(1000).optional(),
})

export const closeListingBody = z.strictObject({
  outcome: z.enum(['contracted', 'invalid']),
  note: text(1000).optional(),
})

export const renewListingBody = z.strictObject({ validUntil: day.optional() }).optional()

export const historyEntryResponse = defineSchema(
  'ListingHistoryEntry',
  z.object({
    version: z.int(),
    action: z.string(),
    fromState: z.enum(listingStates).optional(),
    toState: z.enum(listingStates),
    changedFields: z.array(z.string()),
    reasons: z.array(z.string()),
    note: z.string().optional(),
    by: z.enum(['owner', 'operator', 'system']),
    at: z.iso.datetime(),
  }),
)
