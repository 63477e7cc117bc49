import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { assert } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getOrganisation } from '../identity/index.ts'
import { assertKeepsPools } from './desk.ts'
import { type Member, upsertMember } from './member-repo.ts'
import { getPool, type PoolId } from './pool-repo.ts'

/** Puts a bank or an enterprise on the enrolment list (入池名单). @throws NOT_FOUND, ORGANISATION_NOT_VERIFIED. */
export async function enrolMember(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { poolId, organisationId }: { poolId: PoolId; organisationId: Id<'organisation'> },
): Promise<Member> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const pool = await getPool(tx, poolId)
    await assertKeepsPools(tx, actor, pool.market)
    const { verification } = await getOrganisation(tx, organisationId)
    assert(verification === 'verified', 'ORGANISATION_NOT_VERIFIED', 'Only a verified organisation is enrolled.')
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'risk_pool.enrolled', objectId: poolId, facts: { organisationId } })
    return upsertMember(tx, { poolId, orgId: organisationId, enrolledBy: actor.userId, enrolledAt: now })
  })
}
