export type Timing = { endsAt: number; hardEndsAt: number; softCloseMs: number }

/**
 * The end after a bid, in ms: a bid within the last `softCloseMs` moves the end to `softCloseMs` after itself, never beyond the
 * stated cap and never to an earlier time (法释〔2016〕18号, article 11, with five minutes).
 */
export function endAfterBid({ endsAt, hardEndsAt, softCloseMs }: Timing, bidAt: number): number {
  if (endsAt - bidAt >= softCloseMs) return endsAt
  return Math.max(endsAt, Math.min(bidAt + softCloseMs, hardEndsAt))
}
