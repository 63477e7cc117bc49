/** Proof of a step: names and hashes, never the file. */
export type Evidence = { name: string; sha256: string; note?: string | undefined }

export type Milestone = {
  title: string
  dueOn: string
  reachedOn?: string | undefined
  evidence?: Evidence[] | undefined
}

export type Payment = {
  title: string
  amountFen: number
  dueOn: string
  paidOn?: string | undefined
  evidence?: Evidence[] | undefined
}

export const paymentStates = ['planned', 'paid', 'overdue'] as const
export type PaymentState = (typeof paymentStates)[number]

/** @param today the day in China; a payment is overdue from the day after it was due. */
export function paymentStateOf({ dueOn, paidOn }: Pick<Payment, 'dueOn' | 'paidOn'>, today: string): PaymentState {
  if (paidOn !== undefined) return 'paid'
  return dueOn < today ? 'overdue' : 'planned'
}

/** Fen that were paid, and fen that are still to come. */
export function balanceOf(payments: readonly Payment[]): { paidFen: number; openFen: number } {
  const sum = (some: readonly Payment[]) => some.reduce((total, { amountFen }) => total + amountFen, 0)
  const paidFen = sum(payments.filter(({ paidOn }) => paidOn !== undefined))
  return { paidFen, openFen: sum(payments) - paidFen }
}
