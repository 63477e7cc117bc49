import type { Facts } from './facts.ts'
import { usableFact } from './term.ts'

export const benefitLimits = ['once', 'yearly', 'unlimited'] as const

/** What a programme pays: a share of a base, or a fixed amount, up to a cap. Neither: decided case by case (一事一议). */
export type Benefit = {
  /** A field in fen. */
  base?: string | undefined
  /** Share of the base in hundredths of a per cent. */
  basisPoints?: number | undefined
  fixedFen?: number | undefined
  capFen?: number | undefined
  /** How often one organisation may draw it. */
  limit: (typeof benefitLimits)[number]
}

/** The amount in fen, rounded down, or undefined while the base is unknown or the amount is decided case by case. */
export function benefitAmount(benefit: Benefit, facts: Facts, day: string): number | undefined {
  const amount = benefit.fixedFen ?? shareOfBase(benefit, facts, day)
  return amount === undefined ? undefined : Math.min(amount, benefit.capFen ?? amount)
}

function shareOfBase({ base, basisPoints }: Benefit, facts: Facts, day: string): number | undefined {
  if (base === undefined || basisPoints === undefined) return undefined
  const value = usableFact(facts, base, { day, needsVerified: undefined })?.value
  return typeof value === 'number' ? shareOf(value, basisPoints) : undefined
}

/** Exact for any safe amount: the product alone could pass 2^53. */
export function shareOf(fen: number, basisPoints: number): number {
  return Number((BigInt(fen) * BigInt(basisPoints)) / 10_000n)
}
