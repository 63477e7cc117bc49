import type { ErrorCode } from '../../../kernel/errors.ts'

/** What the database knew about lot and bidder in the look before a bid. */
export type BidFacts = {
  /** Whether bidding was ended by a close or a withdrawal. */
  isClosed: boolean
  opensAt: Date
  endsAt: Date
  /** By the database's clock. */
  now: Date
  leastFen: number
  registration: 'none' | 'pending' | 'admitted' | 'refused' | 'excluded' | 'withdrawn'
  isRelated: boolean
  isLeader: boolean
  /** How far the bidder's own maximum reaches, where it leads. */
  ownReachFen: number | null
}

export type BidRefusal = { code: ErrorCode; message: string; details: Record<string, unknown> }

/** Why a bid up to `limitFen` is refused; undefined when nothing stands in its way. A leader may only raise its maximum. */
export function bidRefusal(
  facts: BidFacts,
  { limitFen, isMaximum }: { limitFen: number; isMaximum: boolean },
): BidRefusal | undefined {
  const { opensAt, endsAt, now, leastFen, registration } = facts
  const refuse = (code: ErrorCode, message: string, details: Record<string, unknown> = {}) => ({
    code,
    message,
    details,
  })
  if (facts.isRelated) {
    return refuse('CONFLICT_OF_INTEREST', 'The seller and parties related to it may not bid.')
  }
  if (registration !== 'admitted') {
    return refuse('BIDDER_NOT_ADMITTED', 'Your organisation is not admitted to this lot.', { registration })
  }
  if (now < opensAt) {
    return refuse('BIDDING_NOT_OPEN', 'Bidding has not opened.', { opensAt: opensAt.toISOString() })
  }
  if (facts.isClosed || now >= endsAt) {
    return refuse('BIDDING_CLOSED', 'Bidding has ended.', { endsAt: endsAt.toISOString() })
  }
  if (facts.isLeader) {
    const isRaise = isMaximum && limitFen > (facts.ownReachFen ?? 0)
    return isRaise ? undefined : refuse('BID_OWN_LEAD', 'Yours is the highest bid.', { leastFen })
  }
  if (limitFen < leastFen) {
    return refuse('BID_BELOW_STEP', `The least next bid is ${leastFen} fen.`, { leastFen })
  }
  return undefined
}
