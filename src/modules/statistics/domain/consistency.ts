/** Figures as somebody reported them: where it stands now, by how much it changed, and at which rate that is said to be. */
export type ReportedGrowth = { value: number; increase: number; ratePercent: number }

export type Contradiction = { reportedPercent: number; recomputedPercent: number; differencePoints: number }

/**
 * Recomputes a reported growth rate from the value and the increase. Half a unit of the last reported digit, of all three
 * numbers, is rounding; what is beyond it is a contradiction. The press says that a balance of 10.133 billion yuan is up by
 * 4.723 billion, "+74.54 %": it is 87.3 % (DOMAIN §1.3).
 */
export function checkGrowth(reported: ReportedGrowth): Contradiction & { isConsistent: boolean } {
  const { value, increase, ratePercent } = reported
  const recomputedPercent = (increase / (value - increase)) * 100
  const differencePoints = ratePercent - recomputedPercent
  return {
    isConsistent: contradictionOf(reported) === undefined,
    reportedPercent: ratePercent,
    recomputedPercent,
    differencePoints,
  }
}

/** See `checkGrowth`; undefined where rounding explains the difference. */
export function contradictionOf(
  { value, increase, ratePercent }: ReportedGrowth,
  digits: { amounts: number; rate: number } = { amounts: 2, rate: 2 },
): Contradiction | undefined {
  const half = 0.5 * 10 ** -digits.amounts
  const rate = (now: number, more: number) => (more / (now - more)) * 100
  // The rate rises with the increase and falls with the value: the corners bound everything that rounding allows.
  const slack = 0.5 * 10 ** -digits.rate
  const least = rate(value + half, increase - half) - slack
  const most = rate(value - half, increase + half) + slack
  if (ratePercent >= least && ratePercent <= most) return undefined
  const recomputedPercent = rate(value, increase)
  return { reportedPercent: ratePercent, recomputedPercent, differencePoints: ratePercent - recomputedPercent }
}
