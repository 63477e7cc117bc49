/**
 * What somebody would pay at most, in bands as coarse as early thoughts are. Amounts of one's own would tell a seller who
 * asks again and again how far each goes.
 */
export const interestBands = ['to_100k', 'to_300k', 'to_1m', 'to_3m', 'to_10m', 'over_10m'] as const
export type InterestBand = (typeof interestBands)[number]

/** Upper ends in fen; the last band has none. */
const upperEnds: Record<InterestBand, number> = {
  to_100k: 10_000_000,
  to_300k: 30_000_000,
  to_1m: 100_000_000,
  to_3m: 300_000_000,
  to_10m: 1_000_000_000,
  over_10m: Number.POSITIVE_INFINITY,
}

/** With fewer organisations than this their bands are not told: one of two would say what the other thinks. */
export const leastTold = 3

export type InterestSummary = {
  organisations: number
  /** Null while too few have said anything. */
  bands: { band: InterestBand; organisations: number }[] | null
}

export function summarise(bands: readonly InterestBand[]): InterestSummary {
  const counts = interestBands.map((band) => ({ band, organisations: bands.filter((one) => one === band).length }))
  return { organisations: bands.length, bands: bands.length < leastTold ? null : counts }
}

/** How many of them may go as far as an amount; undefined while their bands are not told. */
export function reaching({ bands }: InterestSummary, amountFen: number): number | undefined {
  return bands
    ?.filter(({ band }) => upperEnds[band] >= amountFen)
    .reduce((sum, { organisations }) => sum + organisations, 0)
}
