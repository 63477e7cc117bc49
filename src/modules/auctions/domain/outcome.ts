import type { LotOutcome, UnsoldReason } from './lot.ts'

/** What a close finds: sold at the reserve or above; one bidder is enough. */
export function outcomeOf(
  priceFen: number | null,
  reserveFen: number,
): { outcome: LotOutcome; unsoldReason: UnsoldReason | null } {
  if (priceFen === null) return { outcome: 'unsold', unsoldReason: 'no_bids' }
  if (priceFen < reserveFen) return { outcome: 'unsold', unsoldReason: 'reserve_not_met' }
  return { outcome: 'sold', unsoldReason: null }
}
