/** A part of a whole, in hundredths of a per cent. */
export type Share<P extends string = string> = { party: P; basisPoints: number }
export type Part<P extends string = string> = { party: P; fen: number }

/**
 * Splits an amount by shares, whatever they sum to, so that the parts sum to the amount exactly: each gets its share rounded
 * down, and the fen that are left go one by one to the largest remainders, earlier parties first.
 */
export function split<P extends string>(amountFen: number, shares: readonly Share<P>[]): Part<P>[] {
  const whole = BigInt(shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0))
  if (whole === 0n) return []
  const exact = shares.map(({ party, basisPoints }, index) => {
    const product = BigInt(amountFen) * BigInt(basisPoints)
    return { party, index, fen: Number(product / whole), remainder: product % whole }
  })
  const left = amountFen - exact.reduce((sum, { fen }) => sum + fen, 0)
  const byRemainder = [...exact].sort((one, other) => {
    if (one.remainder === other.remainder) return one.index - other.index
    return one.remainder > other.remainder ? -1 : 1
  })
  const luckier = new Set(byRemainder.slice(0, left).map(({ index }) => index))
  return exact.map(({ party, index, fen }) => ({ party, fen: fen + (luckier.has(index) ? 1 : 0) }))
}
