import type { FieldError } from '../../../kernel/errors.ts'

/**
 * The three amounts of a technology contract in fen: 成交额, what the whole contract is worth; 技术交易额, without what is paid
 * for goods; 技术性收入, without the equipment and materials of the work itself. Each contains the next.
 */
export type Amounts = {
  contractAmountFen: number | null
  technologyAmountFen: number | null
  technologyIncomeFen: number | null
}

declare const kindOfAmount: unique symbol
/** What parties wish for, and what they signed, are different numbers: no sum takes both, and the compiler sees to it. */
export type IntentFen = number & { readonly [kindOfAmount]: 'intent' }
export type ClosedFen = number & { readonly [kindOfAmount]: 'closed' }

export const intentFen = (fen: number): IntentFen => fen as IntentFen
export const closedFen = (fen: number): ClosedFen => fen as ClosedFen

const order = ['contractAmountFen', 'technologyAmountFen', 'technologyIncomeFen'] as const

/** Every amount that is greater than the one that should contain it, whether or not the one between is known. */
export function disorderOf(amounts: Amounts): FieldError[] {
  const known = order.filter((name) => amounts[name] !== null)
  return known.flatMap((name, index) => {
    const container = known[index - 1]
    if (container === undefined || Number(amounts[name]) <= Number(amounts[container])) return []
    const message = `must not be greater than ${container}`
    return [{ location: 'body' as const, pointer: `#/${name}`, code: 'amount_out_of_order', message }]
  })
}

/** The payments that together ask for more than the contract is worth: an error at the first one that goes too far. */
export function overpaymentOf(
  { contractAmountFen }: Pick<Amounts, 'contractAmountFen'>,
  payments: readonly { amountFen: number }[],
): FieldError[] {
  if (contractAmountFen === null) return []
  let sum = 0
  for (const [index, { amountFen }] of payments.entries()) {
    sum += amountFen
    if (sum <= contractAmountFen) continue
    const message = `payments must not exceed contractAmountFen (${contractAmountFen}) together`
    return [{ location: 'body', pointer: `#/payments/${index}/amountFen`, code: 'payments_exceed_contract', message }]
  }
  return []
}
