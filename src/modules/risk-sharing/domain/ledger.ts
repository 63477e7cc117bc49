import { lender } from './pool.ts'
import { type Share, split } from './split.ts'

export const journalKinds = ['contribution', 'compensation', 'recovery'] as const
export type JournalKind = (typeof journalKinds)[number]
export const accounts = ['cash', 'contributed', 'compensated', 'recovered'] as const
export type Account = (typeof accounts)[number]
export const sides = ['debit', 'credit'] as const

/** One line of a journal. Cash belongs to the pool as a whole, every other account to one party. */
export type Entry<P extends string = string> = {
  account: Account
  party: P | null
  side: (typeof sides)[number]
  amountFen: number
}

/** A party pays in: cash against what it contributed. */
export function contributionEntries<P extends string>(party: P, amountFen: number): Entry<P>[] {
  return [cash('debit', amountFen), { account: 'contributed', party, side: 'credit', amountFen }]
}

/** The pool pays for a loss, each party but the lender in proportion to its share. */
export function compensationEntries<P extends string>(shares: readonly Share<P>[], amountFen: number): Entry<P>[] {
  return [...byParty('compensated', 'debit', shares, amountFen), cash('credit', amountFen)]
}

/** What a debtor pays after all goes back to those who paid, in the same proportion. */
export function recoveryEntries<P extends string>(shares: readonly Share<P>[], amountFen: number): Entry<P>[] {
  return [cash('debit', amountFen), ...byParty('recovered', 'credit', shares, amountFen)]
}

/** Debits less credits of an account, of one party or of all. */
export function balanceOf(entries: readonly Entry[], account: Account, party?: string): number {
  return entries
    .filter((entry) => entry.account === account && (party === undefined || entry.party === party))
    .reduce((sum, { side, amountFen }) => sum + (side === 'debit' ? amountFen : -amountFen), 0)
}

function cash(side: Entry['side'], amountFen: number): Entry<never> {
  return { account: 'cash', party: null, side, amountFen }
}

function byParty<P extends string>(
  account: Account,
  side: Entry['side'],
  shares: readonly Share<P>[],
  amountFen: number,
): Entry<P>[] {
  const paying = shares.filter(({ party }) => party !== lender)
  return split(amountFen, paying)
    .filter(({ fen }) => fen > 0)
    .map(({ party, fen }) => ({ account, party, side, amountFen: fen }))
}
