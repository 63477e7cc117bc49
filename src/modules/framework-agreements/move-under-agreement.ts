import type { Tx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type AgreementId, lockAgreement, updateAgreement } from './agreement-repo.ts'
import { roomOn } from './domain/agreement.ts'

type Movement = { id: AgreementId; providerId: Id<'organisation'>; amountFen: number; day: string; now: Date }

/** A drawing counts against what is open of the line on the day. @throws LIMIT_EXCEEDED, TRANSITION_NOT_ALLOWED. */
export async function drawUnderAgreement(tx: Tx, { id, providerId, amountFen, day, now }: Movement): Promise<void> {
  const agreement = await lockAgreement(tx, id, providerId)
  if (agreement.state !== 'in_force') {
    throw new AppError('TRANSITION_NOT_ALLOWED', 'The framework agreement is not in force.', {
      details: { state: agreement.state },
    })
  }
  const leftFen = roomOn(agreement, agreement, day)
  if (amountFen > leftFen) {
    throw new AppError('LIMIT_EXCEEDED', `${leftFen} fen of the agreement’s line are open on ${day}.`, {
      details: { leftFen },
    })
  }
  await updateAgreement(tx, { ...agreement, drawnFen: agreement.drawnFen + amountFen, updatedAt: now })
}

/** What comes back, from the debtor or from guarantors, is no longer out under the agreement, also after its end. */
export async function repayUnderAgreement(
  tx: Tx,
  { id, providerId, amountFen, now }: Omit<Movement, 'day'>,
): Promise<void> {
  const agreement = await lockAgreement(tx, id, providerId)
  await updateAgreement(tx, { ...agreement, repaidFen: agreement.repaidFen + amountFen, updatedAt: now })
}
