/** From this price on, a bid has to exceed the last one by this much. */
export type Tier = { fromFen: number; stepFen: number }

/** Increments by price, ascending, the first from 0: `[{0, 1000 yuan}, {100,000 yuan, 5000 yuan}]`. */
export type Ladder = readonly Tier[]

/** The increment above a price. */
export function stepAt(ladder: Ladder, priceFen: number): number {
  const tier = ladder.findLast(({ fromFen }) => fromFen <= priceFen)
  return tier?.stepFen ?? Number.POSITIVE_INFINITY
}

/** The least amount that is a valid bid: the start price, or the price and its increment. */
export function leastBid(terms: { startFen: number; ladder: Ladder }, priceFen: number | null): number {
  return priceFen === null ? terms.startFen : priceFen + stepAt(terms.ladder, priceFen)
}

/** What is wrong with a ladder, in words; undefined when it is fine. */
export function ladderFault(ladder: Ladder): string | undefined {
  if (ladder[0]?.fromFen !== 0) return 'the first tier must begin at 0'
  const isAscending = ladder.every((tier, i) => i === 0 || tier.fromFen > (ladder[i - 1]?.fromFen ?? 0))
  return isAscending ? undefined : 'tiers must ascend by fromFen'
}
