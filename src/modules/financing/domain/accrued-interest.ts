import { daysBetween, yearsAfter } from '../../../rules/index.ts'

/** What changes a balance on a day, in fen: a drawing is positive, a repayment or compensation negative. */
export type BalanceChange = { day: string; fen: number }
/** From the first day up to, not with, the other. */
export type Period = { from: string; to: string }

/** Days that a bank counts for a year of a yearly rate (年利率 ÷ 360 = 日利率; 人民币利率管理规定). */
const bankYear = 360n

/**
 * The interest of a period in fen, rounded down: the balance at the end of each day, at a 360th of the yearly rate. Changes on
 * a day count from that day on.
 */
export function accruedInterest(changes: readonly BalanceChange[], yearlyBasisPoints: number, period: Period): number {
  const sorted = [...changes].sort((one, other) => (one.day < other.day ? -1 : 1))
  let fenDays = 0n
  for (const { day, fen } of sorted) {
    const since = day > period.from ? day : period.from
    if (since < period.to) fenDays += BigInt(fen) * BigInt(daysBetween(since, period.to))
  }
  return Number((fenDays * BigInt(yearlyBasisPoints)) / (10_000n * bankYear))
}

/** The nth twelve months of a loan, from the day of its first drawing. */
export function loanYearOf(firstDrawnOn: string, year: number): Period {
  return { from: yearsAfter(firstDrawnOn, year - 1), to: yearsAfter(firstDrawnOn, year) }
}
