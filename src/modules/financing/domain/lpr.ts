import lpr from '../../../../seeds/reference/lpr.json' with { type: 'json' }
import { impossible } from '../../../kernel/assert.ts'

/** Where the rates below were read and when, to be shown beside what is computed from them. */
export const lprBasis = { kind: lpr.basis, source: lpr.source, asOf: lpr.asOf, note: lpr.note }

/**
 * The loan prime rate (贷款市场报价利率) on a day for a term, in basis points; from five years up it is the long one. A new
 * rate is a new line and the old ones stay, so that a table of an earlier day can be made again. Before the first line, the
 * first.
 */
export function lprOn(day: string, termMonths: number): number {
  const line = lineOn(day)
  return termMonths >= 60 ? line.fiveYears : line.oneYear
}

/** The line in force on a day: both rates, and since when. */
export function lineOn(day: string): { from: string; oneYear: number; fiveYears: number } {
  return lpr.lines.findLast(({ from }) => from <= day) ?? lpr.lines[0] ?? impossible('no loan prime rate')
}

export type Rate = { kind: 'fixed' | 'lpr'; percent?: number | undefined; basisPoints?: number | undefined }

/** The yearly rate in basis points, never below zero. */
export function yearlyBasisPoints(rate: Rate, { day, termMonths }: { day: string; termMonths: number }): number {
  if (rate.kind === 'fixed') return Math.round((rate.percent ?? 0) * 100)
  return Math.max(0, lprOn(day, termMonths) + (rate.basisPoints ?? 0))
}
