import { impossible } from '../../../kernel/assert.ts'
import { type Id, idPrefixes } from '../../../kernel/ids.ts'
import type { ListingOutcome, ListingState } from './lifecycle.ts'
import type { TrustCode, TrustReason } from './trust-code.ts'

export const listingKinds = ['supply', 'demand', 'finance_product'] as const
export type ListingKind = (typeof listingKinds)[number]
export type ListingEntity = 'supply' | 'demand' | 'financeProduct'
export type ListingId = Id<ListingEntity>

export const entityOfKind = {
  supply: 'supply',
  demand: 'demand',
  finance_product: 'financeProduct',
} as const satisfies Record<ListingKind, ListingEntity>

/** URL segment of each kind; the definitions of the kinds name the same. */
export const pathOfKind = {
  supply: 'supplies',
  demand: 'demands',
  finance_product: 'finance-products',
} as const satisfies Record<ListingKind, string>

/** The kind that the prefix of an id names. The same UUID behind another prefix is no id of the listing. */
export function kindOf(id: ListingId): ListingKind {
  const kind = listingKinds.find((one) => id.startsWith(`${idPrefixes[entityOfKind[one]]}_`))
  return kind ?? impossible(`${id} is no id of a listing`)
}

/** `{name, operator, value, unit}`: 耐温 >= 600 ℃. `range` has both ends. */
export type Indicator = {
  name: string
  operator: '>=' | '<=' | '>' | '<' | '=' | 'range'
  value: number
  valueMax?: number | undefined
  unit?: string | undefined
}

export type Provenance = { source: string; url?: string | undefined; note?: string | undefined }

/** The fields that all kinds share and their owners write. */
export type ListingContent = {
  title: string
  /** Public teaser. */
  summary?: string | undefined
  /** For members. */
  description?: string | undefined
  fields: string[]
  industries: string[]
  strategicIndustries: string[]
  ipc: string[]
  keywords: string[]
  region?: string | undefined
  cooperationModes: string[]
  indicators: Indicator[]
  language: string
  provenance?: Provenance | undefined
  externalId?: string | undefined
  validUntil?: string | undefined
}

/** What gates and filters read, derived from the kind's own fields so that it cannot contradict them. */
export type ListingFacets = {
  trlMin?: number | undefined
  trlMax?: number | undefined
  priceMinFen?: number | undefined
  priceMaxFen?: number | undefined
  deadline?: string | undefined
}

/** A supply, demand or finance product as stored, without its confidential part. `details` are the kind's own fields. */
export type Listing = {
  id: ListingId
  kind: ListingKind
  orgId: Id<'organisation'>
  market: string
  state: ListingState
  outcome?: ListingOutcome | undefined
  content: ListingContent
  details: Record<string, unknown>
  facets: ListingFacets
  trustCode: TrustCode
  trustReasons: TrustReason[]
  returnReasons: string[]
  returnNote?: string | undefined
  confirmedAt?: Date | undefined
  publishedAt?: Date | undefined
  closedAt?: Date | undefined
  version: number
  createdBy: Id<'user'>
  createdAt: Date
  updatedAt: Date
}

/**
 * With every field named, an absent one as undefined. Objects that all have the same fields in the same order are copied and
 * changed ten times as fast as others, which counts where a file has 100,000 of them.
 */
export type Complete<T> = { [Field in keyof Required<T>]: T[Field] }

export type Contact = { name: string; phone?: string | undefined; email?: string | undefined }

/** Kept in a table of its own that lists, search, matching and jobs never read. */
export type Confidential = { detail?: string | undefined; contact?: Contact | undefined }
