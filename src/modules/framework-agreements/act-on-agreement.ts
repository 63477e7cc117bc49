import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { type Agreement, type AgreementId, lockAgreement, updateAgreement } from './agreement-repo.ts'
import { type AgreementAction, agreementLifecycle } from './domain/agreement.ts'
import { agreementStateChanged } from './events.ts'
import { factOf } from './propose-agreement.ts'

type Act = { id: AgreementId; action: AgreementAction; reason?: string | undefined }

/**
 * The enterprise accepts or declines, either side ends. What was drawn goes on under its application.
 * @throws NOT_FOUND, FORBIDDEN for the bank that would answer itself, TRANSITION_NOT_ALLOWED.
 */
export async function actOnAgreement(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, action, reason }: Act,
): Promise<Agreement> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const before = await lockAgreement(tx, id, actor.orgId)
    if (action !== 'end' && actor.orgId !== before.enterpriseId) {
      throw new AppError('FORBIDDEN', 'The answer is the enterprise’s.')
    }
    const state = move(agreementLifecycle, before.state, action)
    const answeredAt = action === 'end' ? before.answeredAt : now
    const after = await updateAgreement(tx, { ...before, state, endReason: reason ?? null, answeredAt, updatedAt: now })
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: `agreement.${state}`, objectId: id })
    await appendEvents(tx, [agreementStateChanged(factOf(after, actor), now)])
    return after
  })
}
