/** Where the money of a deposit is: with the bidder, held by the market, gone into the price, or kept by the market. */
export const depositAccounts = ['bidder', 'held', 'price', 'forfeits'] as const
export type DepositAccount = (typeof depositAccounts)[number]

export const depositStates = ['none', 'frozen', 'returned', 'applied', 'forfeited'] as const
export type DepositState = (typeof depositStates)[number]

export const depositMoves = ['freeze', 'return', 'apply', 'forfeit'] as const
export type DepositMove = (typeof depositMoves)[number]

export type DepositEntry = { account: DepositAccount; amountFen: number }

const moves: Record<
  DepositMove,
  { from: DepositState; to: DepositState; debit: DepositAccount; credit: DepositAccount }
> = {
  freeze: { from: 'none', to: 'frozen', debit: 'bidder', credit: 'held' },
  return: { from: 'frozen', to: 'returned', debit: 'held', credit: 'bidder' },
  apply: { from: 'frozen', to: 'applied', debit: 'held', credit: 'price' },
  forfeit: { from: 'frozen', to: 'forfeited', debit: 'held', credit: 'forfeits' },
}

/** The state after a move; undefined where the deposit cannot make it. */
export function depositAfter(state: DepositState, move: DepositMove): DepositState | undefined {
  return moves[move].from === state ? moves[move].to : undefined
}

/** Both sides of a move, which cancel out; nothing for a deposit of zero. */
export function depositEntries(move: DepositMove, amountFen: number): DepositEntry[] {
  if (amountFen === 0) return []
  const { debit, credit } = moves[move]
  return [
    { account: debit, amountFen: -amountFen },
    { account: credit, amountFen },
  ]
}
