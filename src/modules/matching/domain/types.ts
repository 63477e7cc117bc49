import type { AnsweringTime } from './answering-time.ts'

export type ListingKind = 'supply' | 'demand'
export type TrustCode = 'green' | 'yellow' | 'red'

/**
 * A quantified property, with its interval in the base unit of its quantity, so that 0.5 mm and 500 μm compare. A missing
 * end is open.
 */
export type IndicatorFact = {
  name: string
  operator: '>=' | '<=' | '>' | '<' | '=' | 'range'
  value: number
  valueMax?: number | undefined
  unit?: string | undefined
  /** Indicators compare within one quantity only: `length`, `temperature`, `flow`. */
  quantity: string
  min?: number | undefined
  max?: number | undefined
  /** Typed in by its owner, or read from the listing's text. */
  source: 'declared' | 'read'
  /** False for a bare number ("厚度 3 mm"), which may be a description rather than a bound. */
  isBound: boolean
}

/**
 * What matching may know of a listing. Confidential text has no field here, so that it cannot reach a
 * feature, an explanation or an index by accident. An optional field that is missing, and an empty
 * list, mean "not said": they fail no gate and count in no feature.
 */
export type Facts = {
  id: string
  kind: ListingKind
  orgId: string
  market: string
  title: string
  /** Summary, description, problem and the like, joined. */
  body: string
  fields: readonly string[]
  /** Distinct words of the title, of a demand's body too: phrases shown as evidence begin and end with them. */
  words?: readonly string[] | undefined
  indicators?: readonly IndicatorFact[] | undefined
  /** GB/T 4754 codes: a section (`C`), division (`C36`) or finer. */
  industries: readonly string[]
  strategicIndustries: readonly string[]
  ipc: readonly string[]
  /** Six digits of GB/T 2260. */
  region?: string | undefined
  cooperationModes: readonly string[]
  trlMin?: number | undefined
  trlMax?: number | undefined
  priceMinFen?: number | undefined
  priceMaxFen?: number | undefined
  /** YYYY-MM-DD, the last day that counts. */
  deadline?: string | undefined
  state: string
  trustCode: TrustCode
  /** Modes that the state of the intellectual property does not allow. */
  ipBlockedModes: readonly string[]
  /** Division codes the other side may come from; empty = anywhere. */
  acceptedRegions: readonly string[]
  /** How soon its owner answers; measured apart, and no part of a stored document. */
  answering?: AnsweringTime | undefined
}
