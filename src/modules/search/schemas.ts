import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { queryInt, queryList } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { normaliseCode } from '../../kernel/half-width.ts'
import { idSchema } from '../../kernel/ids.ts'
import { nearest } from '../../kernel/nearest.ts'
import { organisationKinds } from '../../kernel/principal.ts'
import { listingKinds, searchFacets, searchSorts } from '../../ports/search-engine.ts'
import { codeOf, listingIdSchema } from '../listings/index.ts'
import { marketCode } from '../markets/index.ts'

const trustCodes = ['green', 'yellow'] as const
const trl = queryInt({ min: 1, max: 9 })
const fen = queryInt({ min: 0, max: 9_000_000_000_000_000 })

/** One of a few names; the message of a wrong one gives the nearest. */
function nameOf<const T extends readonly string[]>(names: T) {
  return z.enum(names, {
    error: ({ input }) => {
      const guess = typeof input === 'string' ? nearest(input, names) : undefined
      return guess === undefined ? `must be one of ${names.join(', ')}` : `is unknown; did you mean "${guess}"?`
    },
  })
}

/** Section, class, subclass, group or full symbol; ends at a whole group, so that H01M10 does not find H01M100. */
const ipcPrefix = z
  .string()
  .max(40)
  .overwrite((text) => normaliseCode(text).replace(/^([A-H]\d{2}[A-Z]\d{1,4})$/, '$1/'))
  .regex(
    /^[A-H](\d{2}([A-Z](\d{1,4}\/\d{0,6})?)?)?$/,
    'must be an IPC symbol or its beginning, such as H01M or H01M10/05',
  )
  .meta({ description: 'IPC symbol or its beginning: H, H01, H01M, H01M10, H01M10/05.' })

export const searchListingsQuery = z
  .object({
    ...pageQuery,
    q: z
      .string()
      .max(1000)
      .optional()
      .meta({
        description:
          'Words (all wanted), "quoted phrases", -exclusions, patent numbers, ids. 1,000 characters at most. ' +
          'Strangers search the public texts, who is signed in the texts for members as well.',
      }),
    kind: queryList(nameOf(listingKinds)).optional(),
    market: marketCode.optional().meta({ description: 'A market and its branches.' }),
    field: codeOf('fields').optional(),
    industry: codeOf('industries').optional(),
    ipc: ipcPrefix.optional(),
    region: z
      .string()
      .regex(/^\d{2}(\d{2}){0,2}$/, 'must be 2, 4 or 6 digits of a division code (GB/T 2260)')
      .optional()
      .meta({ description: 'Beginning of a division code: province, prefecture or county.' }),
    trlMin: trl.optional(),
    trlMax: trl.optional(),
    mode: codeOf('cooperation-modes').optional(),
    priceMinFen: fen.optional().meta({ description: 'Price, budget or amount; ranges overlap.' }),
    priceMaxFen: fen.optional(),
    amountMinFen: fen.optional().meta({ description: 'Amount of a finance product; leaves out the other kinds.' }),
    amountMaxFen: fen.optional(),
    qualification: queryList(codeOf('qualification-types')).optional().meta({
      description: 'The owner has one of these verified qualifications, or a step of the ladder.',
    }),
    trust: nameOf(trustCodes).optional(),
    publishedWithinDays: queryInt({ min: 1, max: 3_650 }).optional(),
    sort: nameOf(searchSorts).default('relevance').meta({ description: 'Relevance without `q` is newest.' }),
    facets: queryList(nameOf(searchFacets)).optional(),
  })
  .meta({ description: 'Filters are joined by AND; a listing without a value passes no range.' })
export type SearchListingsQuery = z.output<typeof searchListingsQuery>

const amount = z.int().min(0).optional()
const level = z.int().min(1).max(9).optional()

export const searchHitResponse = defineSchema(
  'SearchHit',
  z.object({
    id: listingIdSchema,
    kind: z.enum(listingKinds),
    title: z.string(),
    summary: z.string().optional(),
    highlights: z
      .object({ title: z.string(), summary: z.string() })
      .meta({ description: 'As indexed, escaped for HTML, with <em> around what matched.' }),
    score: z.number().meta({ description: '0 to 1 when sorted by relevance, else 0.' }),
    market: z.string(),
    organisation: z.object({ id: idSchema('organisation'), name: z.string(), kind: z.enum(organisationKinds) }),
    fields: z.array(z.string()),
    industries: z.array(z.string()),
    ipc: z.array(z.string()),
    keywords: z.array(z.string()),
    region: z.string().optional(),
    cooperationModes: z.array(z.string()),
    trlMin: level,
    trlMax: level,
    priceMinFen: amount,
    priceMaxFen: amount,
    deadline: z.iso.date().optional(),
    trustCode: z.enum(trustCodes),
    publishedAt: z.iso.datetime().optional(),
  }),
)

export const searchListingsResponse = defineSchema(
  'SearchResults',
  pageSchema(searchHitResponse).extend({
    facets: z
      .record(z.string(), z.record(z.string(), z.int()))
      .meta({ description: 'Asked facet → value → count. A region value is the beginning of a division code.' }),
    hasApproximateFacets: z.boolean().meta({ description: 'True when there are more hits than were counted.' }),
    engine: z.enum(['postgres', 'meilisearch']),
    degraded: z.boolean().meta({ description: 'True when the usual engine is out of reach and another one answers.' }),
    estimatedTotal: z.int().min(0).meta({ description: 'Exact while small, a guess for thousands.' }),
  }),
)

export const suggestTextsQuery = z.object({
  q: z.string().max(100).meta({ description: 'What was typed so far.' }),
  limit: queryInt({ min: 1, max: 20 }).default(8),
})

export const suggestionsResponse = defineSchema('SearchSuggestions', z.object({ data: z.array(z.string()) }))
