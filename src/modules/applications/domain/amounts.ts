import { assert } from '../../../kernel/assert.ts'
import { AppError, invalidField } from '../../../kernel/errors.ts'
import type { Action } from './lifecycle.ts'

/** Granted, taken, paid back and paid by guarantors are four figures; the balance follows from them. All in fen. */
export type Amounts = { lineFen: number | null; drawnFen: number; repaidFen: number; compensatedFen: number }
export const movementKinds = ['drawing', 'repayment', 'compensation'] as const
export type MovementKind = (typeof movementKinds)[number]

const kindOfAction: Partial<Record<Action, MovementKind>> = {
  draw: 'drawing',
  repay: 'repayment',
  compensate: 'compensation',
}

export function movementOf(action: Action): MovementKind | undefined {
  return kindOfAction[action]
}

export function balanceOf({ drawnFen, repaidFen, compensatedFen }: Amounts): number {
  return drawnFen - repaidFen - compensatedFen
}

/**
 * The amounts after an action. @throws LIMIT_EXCEEDED (409) for a drawing above what is left of the line and for more than is
 * owed, VALIDATION_FAILED for a missing or superfluous amount.
 */
export function amountsAfter(amounts: Amounts, action: Action, amountFen: number | undefined): Amounts {
  const needs = action === 'approve' || movementOf(action) !== undefined
  if (needs !== (amountFen !== undefined)) {
    throw invalidField('#/amountFen', 'amount', needs ? `“${action}” needs an amount` : `“${action}” takes no amount`)
  }
  if (amountFen === undefined) {
    assert(action !== 'settle' || balanceOf(amounts) === 0, 'LIMIT_EXCEEDED', 'There is a balance to repay first.')
    return amounts
  }
  if (action === 'approve') return { ...amounts, lineFen: amountFen }
  if (action === 'draw') return { ...amounts, drawnFen: within(amounts.drawnFen, amountFen, amounts.lineFen ?? 0) }
  within(0, amountFen, balanceOf(amounts))
  if (action === 'repay') return { ...amounts, repaidFen: amounts.repaidFen + amountFen }
  return { ...amounts, compensatedFen: amounts.compensatedFen + amountFen }
}

function within(before: number, amountFen: number, limitFen: number): number {
  if (before + amountFen <= limitFen) return before + amountFen
  throw new AppError('LIMIT_EXCEEDED', `No more than ${limitFen - before} fen are left.`, {
    details: { leftFen: limitFen - before },
  })
}
