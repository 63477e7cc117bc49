import type { Ladder } from './ladder.ts'
import type { SaleMode } from './lot.ts'

/** SHA-256 of a text's UTF-8 bytes as 64 hexadecimal digits. Passed in: rules here import nothing. */
export type Sha256 = (text: string) => string

/** What the announcement fixes; every bid's hash rests on it. Times are RFC 3339 in UTC with milliseconds. */
export type PublishedTerms = {
  lotId: string
  sessionId: string
  supplyId: string
  saleMode: SaleMode
  rulesVersion: string
  startFen: number
  depositFen: number
  ladder: Ladder
  reserveCommitment: string
  opensAt: string
  endsAt: string
  hardEndsAt: string
  softCloseMs: number
}

export const bidKinds = ['manual', 'automatic'] as const
export type BidKind = (typeof bidKinds)[number]

/** A bid as everybody sees it. */
export type ChainedBid = {
  seq: number
  bidderNumber: number
  amountFen: number
  /** `automatic`: placed by the system for a maximum that the bidder had left. */
  kind: BidKind
  /** The bidder whose amount an earlier maximum took: at equal reach the earlier one comes first. */
  coveredNumber: number | null
  at: string
  /** The end of bidding after this bid. */
  endsAt: string
}

/** The chain's first link: the terms in this order, one `name=value` a line. */
export function termsText(terms: PublishedTerms): string {
  const { ladder, ...plain } = terms
  const tiers = ladder.map(({ fromFen, stepFen }) => `${fromFen}+${stepFen}`).join(',')
  const names = Object.keys(plain).sort() as (keyof typeof plain)[]
  return [...names.map((name) => `${name}=${plain[name]}`), `ladder=${tiers}`].join('\n')
}

/** What a bid's hash is taken of; take-bid-repo.ts builds the same text in SQL. */
export function bidText(previousHash: string, bid: ChainedBid): string {
  const { seq, bidderNumber, amountFen, kind, coveredNumber, at, endsAt } = bid
  return [previousHash, seq, bidderNumber, amountFen, kind, coveredNumber ?? '-', at, endsAt].join('|')
}

/** What the commitment to a sealed reserve is the hash of; 0 stands for "no reserve". */
export function reserveText(reserveFen: number, salt: string): string {
  return `${reserveFen}|${salt}`
}
