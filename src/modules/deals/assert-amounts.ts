import { AppError } from '../../kernel/errors.ts'
import { type Amounts, disorderOf, overpaymentOf } from './domain/amounts.ts'
import type { Payment } from './domain/payment.ts'

/** @throws AMOUNTS_OUT_OF_ORDER with a pointer to every amount that is greater than the one that should contain it. */
export function assertAmounts(deal: Amounts & { payments: readonly Payment[] }): void {
  const errors = [...disorderOf(deal), ...overpaymentOf(deal, deal.payments)]
  if (errors.length === 0) return
  const message = 'The contract amount contains the technology amount, and that the technological income.'
  throw new AppError('AMOUNTS_OUT_OF_ORDER', message, { errors })
}
