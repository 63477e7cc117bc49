import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { factOf } from './claim-benefit.ts'
import { seenBy } from './desk.ts'
import { type RedemptionAction, redemptionLifecycle } from './domain/redemption.ts'
import { redemptionStateChanged } from './events.ts'
import { lockRedemption, type Redemption, type RedemptionId, updateRedemption } from './redemption-repo.ts'

export type RedemptionRef = { id: RedemptionId; ifMatch?: number | undefined }
type Verb = RedemptionRef & {
  action: RedemptionAction
  /** What becomes different besides the state. */
  change(before: Redemption, tx: Tx, now: Date): Promise<Partial<Redemption>>
}

/**
 * The one way in which a redemption moves on: by the desk of the policy's market, under a lock, with event and audit.
 * @throws NOT_FOUND, CONFLICT_OF_INTEREST for the desk's own claim, PRECONDITION_FAILED, TRANSITION_NOT_ALLOWED.
 */
export async function actOnRedemption(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, ifMatch, action, change }: Verb,
): Promise<Redemption> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const before = await lockRedemption(tx, id, await seenBy(tx, actor))
    if (before.orgId === actor.orgId) {
      throw new AppError('CONFLICT_OF_INTEREST', 'Nobody decides on a claim of its own organisation.')
    }
    if (ifMatch !== undefined && ifMatch !== before.version) throw versionConflict(before.version)
    const state = move(redemptionLifecycle, before.state, action)
    const changes = await change(before, tx, now)
    const after = { ...before, ...changes, state, version: before.version + 1, updatedAt: now }
    await updateRedemption(tx, after)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    const facts = { policyId: after.policyId, organisationId: after.orgId, amountFen: after.amountFen }
    await appendAudit(tx, { ...by, action: `redemption.${state}`, objectId: id, facts })
    await appendEvents(tx, [redemptionStateChanged(factOf(after), now)])
    return after
  })
}
