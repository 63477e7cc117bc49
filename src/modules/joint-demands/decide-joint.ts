import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { addDays, type Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { marketTree } from '../markets/index.ts'
import { answerDays, jointMachine } from './domain/joint-demand.ts'
import { jointDemandInvited } from './events.ts'
import { lockJoint, updateJoint } from './joint-repo.ts'

type Input = { id: Id<'jointDemand'>; decision: 'accept' | 'dismiss' }

/** The operator's word on a proposal: the members are asked, or nothing comes of it. @throws NOT_FOUND, TRANSITION_NOT_ALLOWED */
export async function decideJoint(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  { id, decision }: Input,
): Promise<void> {
  await withTx(db, async (tx) => {
    const joint = await lockJoint(tx, id)
    if (!(await marketTree(tx, actor.market)).includes(joint.market)) throw notFound('joint demand')
    const now = clock.now()
    const state = move(jointMachine, joint.state, decision)
    const isAccepted = decision === 'accept'
    await updateJoint(tx, id, {
      ...{ state, decidedBy: actor.userId, decidedAt: now },
      ...(isAccepted ? { answerBy: addDays(now, answerDays) } : { endedAt: now }),
    })
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: 'joint_demand.decided', objectId: id, at: now },
      facts: { decision },
    })
    if (isAccepted) await appendEvents(tx, [jointDemandInvited({ jointDemandId: id }, now)])
  })
}
