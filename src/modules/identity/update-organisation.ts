import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { verificationAfterEdit } from './domain/verification.ts'
import { organisationRenamed, organisationVerificationChanged } from './events.ts'
import { assertRegionKnown } from './new-account.ts'
import { getOrganisation, type Organisation, updateOrganisationRow } from './organisation-repo.ts'
import { assertAllowed, maySpeakFor } from './policy.ts'
import { loadRelation } from './relation.ts'
import type { UpdateOrganisation } from './schemas.ts'

type Input = { id: Id<'organisation'>; version: number; change: UpdateOrganisation }

/**
 * Changes the organisation's own entry. A new name of a verified organisation, and any change of a rejected one, waits for
 * the operator again. @throws NOT_FOUND, FORBIDDEN, PRECONDITION_FAILED.
 */
export async function updateOrganisation(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { id, version, change }: Input,
): Promise<Organisation> {
  const now = deps.clock.now()
  assertRegionKnown(change.region)
  return withTx(deps.db, async (tx) => {
    const before = await getOrganisation(tx, id)
    const relation = await loadRelation(tx, actor, before)
    assertAllowed(maySpeakFor(actor, relation), relation)
    const hasNewName = change.name !== undefined && change.name !== before.name
    const { verification, verifiedAt } = verificationAfterEdit(before, hasNewName)
    const values = { ...change, verification, verifiedAt, updatedAt: now }
    const after = await updateOrganisationRow(tx, { id, version }, values)
    if (after === undefined) throw versionConflict((await getOrganisation(tx, id)).version)
    const entry = { orgId: actor.orgId, userId: actor.userId, objectId: id, at: now }
    await appendAudit(tx, { ...entry, action: 'organisation.updated', facts: { fields: Object.keys(change) } })
    await appendEvents(tx, [
      ...(hasNewName ? [organisationRenamed({ organisationId: id }, now)] : []),
      ...(verification === before.verification
        ? []
        : [organisationVerificationChanged({ organisationId: id, verification }, now)]),
    ])
    return after
  })
}
