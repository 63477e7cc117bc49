/** The reference sets of the market, by the names under which /v1/taxonomies serves them. */
export const taxonomyNames = [
  'fields',
  'strategic-industries',
  'industries',
  'ipc',
  'regions',
  'trl',
  'cooperation-modes',
  'contract-types',
  'qualification-types',
  'reason-codes',
  'price-modes',
  'ip-types',
  'encumbrances',
  'finance-product-kinds',
  'organisation-kinds',
  'guarantee-forms',
] as const
export type TaxonomyName = (typeof taxonomyNames)[number]

/** Where a reason code may be chosen. */
export const reasonUses = [
  'review_reject',
  'review_snooze',
  'review_escalate',
  'listing_return',
  'introduction_decline',
  'match_dismiss',
  'listing_close',
  'deal_drop',
  'broker_replace',
] as const
export type ReasonUse = (typeof reasonUses)[number]

export type BilingualText = { zh: string; en: string }

/** One entry of a reference set. The optional members belong to single sets and are explained in the set's `note`. */
export type Term = {
  code: string
  zh: string
  en: string
  parent?: string
  /** First day on which the code is in force; absent when it was so before the set's edition. */
  from?: string
  /** The day from which the code is no longer given; old records keep it. */
  to?: string
  description?: BilingualText
  /** Reason codes: the places where the code may be chosen, each a `ReasonUse`. */
  use?: readonly string[]
  /** Cooperation modes: the contract type that the mode usually leads to. */
  contractType?: string
  /** Contract types: the rules that define the type. */
  ruleSource?: string
  /** Qualifications: step on the ladder of the parent, and the usual validity. */
  rank?: number
  validYears?: number
  subject?: string
  /** IP types: class in the score of 科技型中小企业. */
  scoreClass?: string
  /** Encumbrances: an open licence cannot be declared under it. */
  blocksOpenLicence?: boolean
}

export type Taxonomy = {
  name: string
  title: BilingualText
  source: string
  edition: string
  date: string
  note?: string
  terms: readonly Term[]
}
