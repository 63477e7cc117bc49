import type { ChainedBid, PublishedTerms } from './chain.ts'
import type { LotOutcome, UnsoldReason } from './lot.ts'

export type AuditedBid = ChainedBid & { previousHash: string; hash: string }

export type AuditedAward = { bidderNumber: number; amountFen: number; rank: number; basis: string; state: string }

/** Everything that is needed to verify a closed lot again, and nothing that names a bidder. */
export type Audit = {
  format: 'queqiao-auction-audit/1'
  terms: PublishedTerms
  termsHash: string
  outcome: LotOutcome
  unsoldReason: UnsoldReason | null
  closedAt: string
  finalEndsAt: string
  /** The opening of the commitment. */
  reserve: { reserveFen: number; salt: string }
  bids: AuditedBid[]
  /** In the order in which they were made. */
  awards: AuditedAward[]
}
