import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type BrokerView, getBrokerView } from './broker-view.ts'
import { type BrokerRelation, brokerRelation, maySeeAll } from './policy.ts'
import { putProfile } from './profile-repo.ts'
import type { UpdateBroker } from './schemas.ts'

type Input = { id: Id<'user'>; version: number; change: UpdateBroker }

/**
 * Brokers say what they work on; grade and certificates are for the operator to enter, who has seen them. The firm looks on.
 * @throws NOT_FOUND, FORBIDDEN, PRECONDITION_FAILED
 */
export async function updateBroker(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, version, change }: Input,
): Promise<BrokerView> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const before = await getBrokerView(tx, id)
    assertMayChange(await brokerRelation(tx, actor, before), change)
    if (before.profile.version !== version) throw versionConflict(before.profile.version)
    const profile = await putProfile(tx, { ...before.profile, ...defined(change) }, { version, now })
    if (profile === undefined) throw versionConflict((await getBrokerView(tx, id)).profile.version)
    await appendAudit(tx, {
      ...{ orgId: actor.orgId, userId: actor.userId, action: 'broker.updated', objectId: id, at: now },
      facts: { fields: Object.keys(change), ...(change.grade !== undefined && { grade: change.grade }) },
    })
    return { ...before, profile }
  })
}

function assertMayChange(relation: BrokerRelation, { grade, certificates }: UpdateBroker): void {
  if (!maySeeAll(relation)) throw notFound('broker')
  if (relation.isOperator) return
  if (!relation.isSelf) throw new AppError('FORBIDDEN', 'The broker or an operator changes this profile.')
  if (grade === undefined && certificates === undefined) return
  throw new AppError('FORBIDDEN', 'Grade and certificates are entered by an operator of your market.')
}

/** What the body names; a field that is absent stays as it is. */
function defined({ fields, regions, languages, capacity, isAvailable, grade, certificates }: UpdateBroker) {
  return {
    ...(fields && { fields }),
    ...(regions && { regions }),
    ...(languages && { languages }),
    ...(capacity !== undefined && { capacity }),
    ...(isAvailable !== undefined && { isAvailable }),
    ...(grade !== undefined && { grade }),
    ...(certificates && { certificates }),
  }
}
