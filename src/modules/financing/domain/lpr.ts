/**
 * Loan prime rates (贷款市场报价利率) from the day they are published, in basis points. A new one is a new line; the old ones
 * stay, so that a table made on an earlier day can be made again.
 */
const published = [
  { from: '2023-08-21', oneYear: 345, fiveYears: 420 },
  { from: '2024-02-20', oneYear: 345, fiveYears: 395 },
  { from: '2024-07-22', oneYear: 335, fiveYears: 385 },
  { from: '2024-10-21', oneYear: 310, fiveYears: 360 },
  { from: '2025-05-20', oneYear: 300, fiveYears: 350 },
] as const

/** The LPR on a day for a term; from five years up it is the long one. Before the first line, the first. */
export function lprOn(day: string, termMonths: number): number {
  const line = published.findLast(({ from }) => from <= day) ?? published[0]
  return termMonths >= 60 ? line.fiveYears : line.oneYear
}

export type Rate = { kind: 'fixed' | 'lpr'; percent?: number | undefined; basisPoints?: number | undefined }

/** The yearly rate in basis points, never below zero. */
export function yearlyBasisPoints(rate: Rate, { day, termMonths }: { day: string; termMonths: number }): number {
  if (rate.kind === 'fixed') return Math.round((rate.percent ?? 0) * 100)
  return Math.max(0, lprOn(day, termMonths) + (rate.basisPoints ?? 0))
}
