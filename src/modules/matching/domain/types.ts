export type ListingKind = 'supply' | 'demand'
export type TrustCode = 'green' | 'yellow' | 'red'

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
}
