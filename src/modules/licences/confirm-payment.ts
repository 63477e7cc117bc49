import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { type Acceptance, lockAcceptance, updateAcceptance } from './acceptance-repo.ts'
import { dueAtOnceFen } from './domain/fee.ts'
import { licenceTaken } from './events.ts'
import { getLicence } from './licence-repo.ts'

/** The patentee confirms that the fee came in: the licence is in force, also where the offer was withdrawn meanwhile. */
export function confirmPayment(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, reference }: { id: Id<'licenceAcceptance'>; reference: string },
): Promise<Acceptance> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const acceptance = await lockAcceptance(tx, id)
    const { orgId, supplyId, market, id: licenceId } = await getLicence(tx, acceptance.licenceId)
    if (orgId !== actor.orgId) throw notFound('acceptance')
    if (acceptance.state !== 'noticed') {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'The licence is in force already.', {
        details: { state: acceptance.state },
      })
    }
    const parties = { licensorOrgId: orgId, licenseeOrgId: acceptance.orgId }
    const fact = { licenceId, supplyId, market, acceptanceId: id, ...parties, amountFen: dueAtOnceFen(acceptance.fee) }
    await appendEvents(tx, [licenceTaken(fact, now)])
    return updateAcceptance(tx, id, { state: 'in_force', paidAt: now, paymentReference: reference })
  })
}
