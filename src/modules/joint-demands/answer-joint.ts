import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import type { ListingKinds } from '../listings/index.ts'
import type { MemberAnswer } from './domain/joint-demand.ts'
import { type JointMember, listMembersOf, lockJoint, updateMember } from './joint-repo.ts'
import { settleJoint } from './settle-joint.ts'

type Deps = { db: Db; clock: Clock; vault: Vault; listingKinds: ListingKinds }
type Input = { id: Id<'jointDemand'>; answer: MemberAnswer }

/**
 * A member agrees or declines, and may change its mind until the answers have settled the matter. @throws NOT_FOUND for whoever
 * was not invited, TRANSITION_NOT_ALLOWED once it is settled or the time is up.
 */
export async function answerJoint(deps: Deps, actor: Principal, { id, answer }: Input): Promise<void> {
  await withTx(deps.db, async (tx) => {
    const joint = await lockJoint(tx, id)
    const now = deps.clock.now()
    const own = joint.answerBy === null ? undefined : await memberOf(tx, id, actor.orgId)
    if (own === undefined) throw notFound('joint demand')
    if (joint.state !== 'inviting' || (joint.answerBy !== null && joint.answerBy <= now)) {
      throw new AppError('TRANSITION_NOT_ALLOWED', 'The invitation has ended.')
    }
    await updateMember(tx, own, { answer, answeredBy: actor.userId, answeredAt: now })
    await settleJoint({ ...deps, db: tx }, joint)
  })
}

async function memberOf(tx: Tx, id: Id<'jointDemand'>, orgId: Id<'organisation'>): Promise<JointMember | undefined> {
  return (await listMembersOf(tx, [id])).find((member) => member.orgId === orgId)
}
