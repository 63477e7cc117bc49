import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { nearest } from '../../kernel/nearest.ts'
import type { Principal } from '../../kernel/principal.ts'
import { declarableFields, misfit } from './domain/evidence.ts'
import { type Evidence, insertEvidence } from './evidence-repo.ts'
import { assertOwn, readSubject } from './policy.ts'
import type { DeclareEvidence } from './schemas.ts'

/** Adds a statement of the organisation about itself. @throws NOT_FOUND, FORBIDDEN, VALIDATION_FAILED. */
export async function declareEvidence(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { organisationId, ...input }: DeclareEvidence & { organisationId: Id<'organisation'> },
): Promise<Evidence> {
  const now = deps.clock.now()
  assertFits(input, chinaDay(now))
  const row: Evidence = {
    ...{ id: newId('evidence'), orgId: organisationId, field: input.field, value: input.value, asOf: input.asOf },
    ...{ validTo: input.validTo ?? null, source: input.source, state: 'declared', verifiedAt: null },
    ...{ declaredBy: actor.userId, createdAt: now },
  }
  await withTx(deps.db, async (tx) => {
    assertOwn(await readSubject(tx, actor, organisationId))
    await insertEvidence(tx, row)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'evidence.declared', objectId: row.id, facts: { field: row.field } })
  })
  return row
}

function assertFits({ field, value, asOf, validTo }: DeclareEvidence, today: string): void {
  if (!declarableFields.some((name) => name === field)) {
    const guess = nearest(field, declarableFields)
    const hint = guess === undefined ? 'see /v1/rule-fields' : `did you mean "${guess}"?`
    throw invalidField('#/field', 'unknown_field', `is no field that can be declared; ${hint}`)
  }
  const wrong = misfit(field, value)
  if (wrong !== undefined) throw invalidField('#/value', 'type_error', wrong)
  if (asOf > today) throw invalidField('#/asOf', 'in_the_future', 'must not be after today')
  if (validTo !== undefined && validTo < asOf)
    throw invalidField('#/validTo', 'before_as_of', 'must not be before asOf')
}
