import { AppError } from '../../../kernel/errors.ts'

export const riskParties = ['bank', 'government', 'guarantee', 'insurer'] as const
export type RiskShare = { party: (typeof riskParties)[number]; percent: number }

const whole = 10_000

export function basisPointsOf({ percent }: Pick<RiskShare, 'percent'>): number {
  return Math.round(percent * 100)
}

/** Who bears which part of a loss adds up to all of it. @throws SHARES_DO_NOT_SUM (422). */
export function assertSharesSum(shares: readonly { basisPoints: number }[]): void {
  const total = shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0)
  if (total === whole) return
  throw new AppError('SHARES_DO_NOT_SUM', `The shares sum to ${total / 100} %, not to 100 %.`, {
    details: { totalBasisPoints: total },
  })
}
