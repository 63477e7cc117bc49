import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Assumption, Facts } from '../../rules/index.ts'
import { readSubjectFacts } from '../eligibility/index.ts'
import { claimedLoanYear } from './claimed-loan-year.ts'
import { type JudgedPolicy, judgePolicy } from './judge-policy.ts'
import { inForce } from './list-policies.ts'
import { findPolicy, type PolicyId } from './policy-repo.ts'

export type CheckPolicy = {
  policyId: PolicyId
  organisationId?: Id<'organisation'> | undefined
  assumptions?: readonly Assumption[] | undefined
  applicationId?: Id<'financeApplication'> | undefined
  loanYear?: number | undefined
}

/**
 * What the version in force says of an organisation (the actor's own by default), rule by rule, also under assumptions, and
 * what it would pay. Stores nothing. @throws NOT_FOUND for a policy that is not in force in the organisation's markets.
 */
export async function checkPolicy(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { policyId, organisationId = actor.orgId, assumptions, ...loan }: CheckPolicy,
): Promise<JudgedPolicy & { facts: Facts; day: string }> {
  const { facts, day, markets } = await readSubjectFacts(deps, actor, { organisationId, assumptions })
  const policy = await findPolicy(deps.db, policyId)
  const isOffered = policy?.state === 'published' && markets.includes(policy.market)
  const [view] = isOffered ? await inForce(deps.db, [policy], day) : []
  if (view === undefined) throw notFound('policy')
  const version = view.shown
  const asked = { ...loan, orgId: organisationId, today: day }
  const isNamed = loan.applicationId !== undefined || loan.loanYear !== undefined
  const loanYear = isNamed ? await claimedLoanYear(deps.db, version.benefit, asked) : undefined
  return { ...judgePolicy({ policy: view.policy, version }, { facts, day, loanYear }), facts, day }
}
