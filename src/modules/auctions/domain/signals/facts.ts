/** An organisation as far as signals compare it. */
export type Party = {
  orgId: string
  /** Of its users' e-mail addresses, without those of mail services. */
  mailDomains: readonly string[]
  /** /24 or /48; from where it drafted the lot or registered. */
  addressRange: string | null
  /** Declared as related anywhere, by either side. */
  relatedOrgIds: readonly string[]
}

export type SignalBid = { seq: number; amountFen: number; atMs: number }

export type SignalBidder = Party & {
  number: number
  isExcluded: boolean
  bids: readonly SignalBid[]
}

/** An earlier lot: who bid, the highest first, and who got it. */
export type PastLot = {
  lotId: string
  sellerOrgId: string
  bidderOrgIds: readonly string[]
  winnerOrgId: string | null
}

export type SignalFacts = {
  seller: Party
  bidders: readonly SignalBidder[]
  /** Oldest first, without the lot itself. */
  past: readonly PastLot[]
  /** Whoever won and did not pay. */
  defaultedOrgIds: readonly string[]
  endsAtMs: number
  softCloseMs: number
}

export const signalCodes = [
  'bidder_near_seller',
  'bidders_near_each_other',
  'related_elsewhere',
  'feeds_one_seller',
  'winners_rotate',
  'late_bid_of_excluded',
  'default_for_neighbour',
] as const
export type SignalCode = (typeof signalCodes)[number]

/** A hint, not a finding: the operator looks at it, and no rule acts on it. */
export type Signal = {
  code: SignalCode
  bidderNumbers: number[]
  evidence: Record<string, string | number | string[]>
  zh: string
  en: string
}
