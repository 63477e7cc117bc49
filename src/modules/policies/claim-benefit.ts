import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { assert } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import { newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { nameOfMissing } from '../../rules/index.ts'
import { checkPolicy } from './check-policy.ts'
import { claimedLoanYear } from './claimed-loan-year.ts'
import { claimAmount, periodOf } from './domain/benefit.ts'
import { redemptionStateChanged } from './events.ts'
import type { PolicyId } from './policy-repo.ts'
import { insertRedemption, type Redemption } from './redemption-repo.ts'
import type { ClaimBenefit } from './redemption-schemas.ts'

/**
 * The actor's organisation claims what a policy pays, under the version in force today. What the rules leave open is settled
 * before the desk confirms. @throws NOT_FOUND, NOT_ELIGIBLE where they say no, ALREADY_EXISTS for the second claim of a period.
 */
export async function claimBenefit(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { policyId, ...input }: ClaimBenefit & { policyId: PolicyId },
): Promise<Redemption> {
  assert(actor.isOrgVerified, 'ORGANISATION_NOT_VERIFIED', 'Only a verified organisation may claim.')
  const { policy, version, answer, missing, facts, day } = await checkPolicy(deps, actor, { policyId })
  const { benefit } = version
  assert(benefit !== null, 'NOT_ELIGIBLE', 'This policy pays nothing.')
  assert(answer !== 'no', 'NOT_ELIGIBLE', 'The rules say no; see the check of the policy.')
  const now = deps.clock.now()
  const loanYear = await claimedLoanYear(deps.db, benefit, { ...input, orgId: actor.orgId, today: day })
  const id = newId('policyRedemption')
  const redemption: Redemption = {
    ...{ id, policyId, policyVersion: version.number, orgId: actor.orgId, market: policy.market, state: 'claimed' },
    ...{ period: periodOf(benefit, { id, day, loanYear }), answer, missing: missing.map(nameOfMissing) },
    ...{ applicationId: input.applicationId ?? null, loanYear: input.loanYear ?? null },
    ...{ claimedFen: claimAmount(benefit, { facts, day, loanYear }) ?? null, amountFen: null },
    ...{ documents: input.documents, note: input.note ?? null, refusalReason: null, paymentReference: null },
    ...{ version: 1, claimedBy: actor.userId, claimedOn: day, claimedAt: now, confirmedAt: null, endedAt: null },
    updatedAt: now,
  }
  await withTx(deps.db, async (tx) => {
    await insertRedemption(tx, redemption)
    const by = { orgId: actor.orgId, userId: actor.userId, at: now }
    await appendAudit(tx, { ...by, action: 'redemption.claimed', objectId: id, facts: { policyId } })
    await appendEvents(tx, [redemptionStateChanged(factOf(redemption), now)])
  })
  return redemption
}

/** The ids that a redemption's event carries. */
export function factOf({ id, policyId, orgId, market, state, version }: Redemption) {
  return { redemptionId: id, policyId, organisationId: orgId, market, state, version }
}
