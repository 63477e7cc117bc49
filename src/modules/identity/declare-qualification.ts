import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { isKnownCode, nearestCode } from '../taxonomy/index.ts'
import { assertRegionKnown } from './new-account.ts'
import { getOrganisation } from './organisation-repo.ts'
import { assertAllowed } from './policy.ts'
import { insertQualification, type Qualification } from './qualification-repo.ts'
import type { DeclareQualification } from './qualification-schemas.ts'
import { loadRelation } from './relation.ts'

/** Adds a qualification that the organisation says it holds. @throws NOT_FOUND, VALIDATION_FAILED, ALREADY_EXISTS. */
export async function declareQualification(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId, ...input }: DeclareQualification & { organisationId: Id<'organisation'> },
): Promise<Qualification> {
  const now = deps.clock.now()
  assertConsistent(input)
  const qualification: Qualification = {
    ...input,
    id: newId('qualification'),
    orgId: organisationId,
    level: input.level ?? null,
    region: input.region ?? null,
    validTo: input.validTo ?? null,
    state: 'declared',
    createdAt: now,
  }
  await withTx(deps.db, async (tx) => {
    const relation = await loadRelation(tx, actor, await getOrganisation(tx, organisationId))
    assertAllowed(relation.isOwn, relation)
    await insertQualification(tx, qualification)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'qualification.declared', objectId: qualification.id })
  }).catch((cause: unknown) => {
    if (!isUniqueViolation(cause, 'organisation_qualifications__certificate')) throw cause
    throw new AppError('ALREADY_EXISTS', 'This certificate is in the list already.', { cause })
  })
  return qualification
}

function assertConsistent({ type, region, validFrom, validTo }: DeclareQualification): void {
  if (!isKnownCode('qualification-types', type)) {
    const guess = nearestCode('qualification-types', type)
    const hint = guess === undefined ? '' : `; did you mean "${guess}"?`
    throw invalidField('#/type', 'unknown_code', `is not a qualification type${hint}`)
  }
  assertRegionKnown(region)
  if (validTo !== undefined && validTo < validFrom) {
    throw invalidField('#/validTo', 'before_valid_from', 'must not be before validFrom')
  }
}
