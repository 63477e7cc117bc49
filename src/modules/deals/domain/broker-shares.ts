import type { Id } from '../../../kernel/ids.ts'

/** Who brokered a deal, and which part of the commission is his, in basis points. */
export type BrokerShare = { userId: Id<'user'>; shareBp: number }

/** The commission is given away whole: shares of 10,000 basis points together, or no broker at all. */
export function areSharesWhole(brokers: readonly BrokerShare[]): boolean {
  return brokers.length === 0 || brokers.reduce((sum, { shareBp }) => sum + shareBp, 0) === 10_000
}

export function areBrokersDistinct(brokers: readonly BrokerShare[]): boolean {
  return new Set(brokers.map(({ userId }) => userId)).size === brokers.length
}

/** What changes from one attribution to the next: new and other shares, and 0 for whoever is left out. */
export function changedShares(before: readonly BrokerShare[], after: readonly BrokerShare[]): BrokerShare[] {
  const shareOf = (shares: readonly BrokerShare[], userId: string) =>
    shares.find((share) => share.userId === userId)?.shareBp ?? 0
  const named = [...new Set([...before, ...after].map(({ userId }) => userId))]
  return named
    .filter((userId) => shareOf(before, userId) !== shareOf(after, userId))
    .map((userId) => ({ userId, shareBp: shareOf(after, userId) }))
}

/** Fen of each broker; what whole fen leave over goes to the first ones, a fen each, so that nothing is lost. */
export function splitCommission(commissionFen: number, brokers: readonly BrokerShare[]): number[] {
  const parts = brokers.map(({ shareBp }) => Number((BigInt(commissionFen) * BigInt(shareBp)) / 10_000n))
  let left = brokers.length === 0 ? 0 : commissionFen - parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part) => (left-- > 0 ? part + 1 : part))
}
