import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { findConflicts } from '../brokers/index.ts'
import { listBrokersOfMarkets } from '../identity/index.ts'
import { endDisclosureTo } from '../listings/index.ts'
import { marketAncestors } from '../markets/index.ts'
import { introductionMachine, isMutual } from './domain/introduction.ts'
import { factOf, introductionBrokerReplaced } from './events.ts'
import { holdIntroduction } from './hold-introduction.ts'
import { type Introduction, updateIntroduction } from './introduction-repo.ts'
import { openToBroker } from './open-to-broker.ts'
import { assertMayReplaceBroker } from './policy.ts'
import type { ReplaceBrokerBody } from './schemas.ts'

type Input = ReplaceBrokerBody & { id: Id<'introduction'> }

/**
 * The broker hands the introduction over, or an operator gives it to another. What the one could read, the other can from now on,
 * unless an owner took that back. @throws NOT_FOUND, FORBIDDEN for the sides, VALIDATION_FAILED, TRANSITION_NOT_ALLOWED.
 */
export function replaceBroker(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  { id, brokerId, reasonCode }: Input,
): Promise<Introduction> {
  return withTx(db, async (tx) => {
    const { introduction: before, relation } = await holdIntroduction(tx, actor, id)
    const by = assertMayReplaceBroker(relation)
    move(introductionMachine, before.state, 'replace_broker')
    const { orgId } = await findSuccessor(tx, before, brokerId)
    const now = clock.now()
    const after = await updateIntroduction(tx, id, { brokerId, brokerOrgId: orgId, updatedAt: now })
    if (isMutual(after)) {
      await endDisclosureTo(tx, { userId: before.brokerId, ground: id, now })
      await openToBroker(tx, after, now)
    }
    const change = { formerBrokerId: before.brokerId, reasonCode }
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: 'introduction.broker_replaced', objectId: id, at: now },
      facts: { by, brokerId, ...change },
    })
    const replaced = { ...factOf(after), ...change, version: after.version }
    await appendEvents(tx, [introductionBrokerReplaced(replaced, now)])
    return after
  })
}

/** Another broker of the market's line who belongs to neither side and has declared no conflict with one. */
async function findSuccessor(tx: Tx, introduction: Introduction, brokerId: Id<'user'>) {
  if (brokerId === introduction.brokerId) throw refused('same_broker', 'is the broker already')
  const brokers = await listBrokersOfMarkets(tx, await marketAncestors(tx, introduction.market))
  const successor = brokers.find(({ userId }) => userId === brokerId)
  if (successor === undefined) throw refused('no_broker', 'is no broker of this market or of one above it')
  const conflicts = [successor.orgId, ...((await findConflicts(tx, [brokerId])).get(brokerId) ?? [])]
  const { demandOrgId, supplyOrgId } = introduction
  if (conflicts.includes(demandOrgId) || conflicts.includes(supplyOrgId)) {
    throw refused('conflict_of_interest', 'has a conflict of interest with a side')
  }
  return successor
}

function refused(code: string, message: string) {
  return invalidField('#/brokerId', code, message)
}
