import type { Tx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { insertDepositMove } from './deposit-repo.ts'
import { type DepositMove, depositAfter } from './domain/deposit.ts'
import { type Registration, updateRegistration } from './registration-repo.ts'

export type MoveContext = { movedBy?: Id<'user'> | undefined; reference?: string | undefined; at: Date }

/** Moves the deposit of a registration that the caller holds locked: ledger and state in one. @throws TRANSITION_NOT_ALLOWED */
export async function moveDeposit(
  tx: Tx,
  registration: Registration,
  { move, ...context }: MoveContext & { move: DepositMove },
): Promise<Registration> {
  const depositState = depositAfter(registration.depositState, move)
  if (depositState === undefined) {
    throw new AppError('TRANSITION_NOT_ALLOWED', `A deposit that is ${registration.depositState} cannot "${move}".`)
  }
  await insertDepositMove(tx, { registrationId: registration.id, move, amountFen: registration.depositFen, ...context })
  return updateRegistration(tx, registration.id, { depositState })
}
