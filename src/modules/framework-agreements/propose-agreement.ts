import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { assert } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { getOrganisation } from '../identity/index.ts'
import { type Agreement, insertAgreement } from './agreement-repo.ts'
import { faultOf } from './domain/agreement.ts'
import { agreementStateChanged } from './events.ts'
import type { ProposeAgreement } from './schemas.ts'

/** A verified bank offers an enterprise a line with dated commitments. @throws FORBIDDEN, NOT_FOUND, VALIDATION_FAILED. */
export async function proposeAgreement(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { enterpriseId, ...terms }: ProposeAgreement,
): Promise<Agreement> {
  if (actor.orgKind !== 'financial_institution') throw new AppError('FORBIDDEN', 'Only a financial institution lends.')
  assert(actor.isOrgVerified, 'ORGANISATION_NOT_VERIFIED', 'Only a verified organisation may propose.')
  const fault = faultOf(terms)
  if (fault !== undefined) throw invalidField(`#/${fault[0]}`, 'terms', fault[1])
  const { kind, market } = await getOrganisation(deps.db, enterpriseId)
  if (kind !== 'enterprise') throw invalidField('#/enterpriseId', 'kind', 'is no enterprise')
  const now = deps.clock.now()
  const agreement: Agreement = {
    ...{ id: newId('frameworkAgreement'), providerId: actor.orgId, enterpriseId, market, state: 'proposed', ...terms },
    ...{ drawnFen: 0, repaidFen: 0, endReason: null, version: 1, createdBy: actor.userId, createdAt: now },
    ...{ answeredAt: null, updatedAt: now },
  }
  await withTx(deps.db, async (tx) => {
    await insertAgreement(tx, agreement)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'agreement.proposed', objectId: agreement.id, facts: { enterpriseId } })
    await appendEvents(tx, [agreementStateChanged(factOf(agreement, actor), now)])
  })
  return agreement
}

/** The ids that an agreement's event carries. */
export function factOf({ id, providerId, enterpriseId, state, version }: Agreement, { orgId }: Principal) {
  return { agreementId: id, providerId, enterpriseId, byOrgId: orgId, state, version }
}
