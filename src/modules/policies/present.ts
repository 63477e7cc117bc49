import type { z } from 'zod'
import { allowedActions } from '../../kernel/state-machine.ts'
import { daysBetween, explain, type Facts, nameOfMissing } from '../../rules/index.ts'
import { decisive } from '../eligibility/index.ts'
import { redemptionLifecycle } from './domain/redemption.ts'
import type { JudgedPolicy } from './judge-policy.ts'
import type { Policy, PolicyVersion } from './policy-repo.ts'
import type { PolicyView } from './read-policy.ts'
import type { Redemption } from './redemption-repo.ts'
import type { redemptionResponse } from './redemption-schemas.ts'
import type { policyCheckResponse, policyDetailResponse, policyResponse } from './schemas.ts'

export type Seen = { facts: Facts; today: string }

export function toPolicy({ policy, shown }: { policy: Policy; shown: PolicyVersion }): z.input<typeof policyResponse> {
  const { id, market, state, version } = policy
  return { id, market, state, version, ...toVersion(shown) }
}

export function toPolicyDetail(view: PolicyView): z.input<typeof policyDetailResponse> {
  return {
    ...toPolicy(view),
    versions: view.versions.map(({ number, effectiveFrom, effectiveTo, publishedAt }) => ({
      ...{ number, effectiveFrom, effectiveTo, publishedAt: publishedAt?.toISOString() ?? null },
    })),
    ...(view.draft && { draft: toVersion(view.draft) }),
  }
}

export function toEligiblePolicy(judged: JudgedPolicy, seen: Seen): z.input<typeof policyResponse> {
  return {
    ...toPolicy({ policy: judged.policy, shown: judged.version }),
    eligibility: toEligibility(judged, seen),
  }
}

export function toPolicyCheck(judged: JudgedPolicy, seen: Seen): z.input<typeof policyCheckResponse> {
  return {
    ...toEligibility(judged, seen),
    policyVersion: judged.version.number,
    explanation: explain(judged.finding, seen.facts),
  }
}

function toEligibility({ answer, finding, missing, holdsUntil, benefitFen }: JudgedPolicy, { facts, today }: Seen) {
  const reasons = answer === 'yes' ? [] : decisive(finding)
  return {
    ...{ answer, missing: missing.map(nameOfMissing) },
    reasons: reasons.flatMap((one) => explain(one, facts).map(({ text }) => text)),
    ...(holdsUntil !== undefined && { holdsUntil, daysToExpiry: daysBetween(today, holdsUntil) }),
    ...(benefitFen !== undefined && { benefitFen }),
  }
}

function toVersion(version: PolicyVersion) {
  const { number, title, issuer, documentNo, category, summary, rules, benefit, basis } = version
  const { effectiveFrom, effectiveTo, publishedAt } = version
  return {
    ...{ number, title, issuer, documentNo, category, summary, rules: { ...rules }, benefit, basis },
    ...{ effectiveFrom, effectiveTo, publishedAt: publishedAt?.toISOString() ?? null },
  }
}

export function toRedemption(row: Redemption): z.input<typeof redemptionResponse> {
  const { id, policyId, policyVersion, orgId, market, state, applicationId, loanYear, answer, missing } = row
  const { claimedFen, amountFen, documents, note, refusalReason, paymentReference, version, claimedOn } = row
  return {
    ...{ id, policyId, policyVersion, organisationId: orgId, market, state, applicationId, loanYear, answer, missing },
    ...{ claimedFen, amountFen, documents, note, refusalReason, paymentReference, version, claimedOn },
    allowedActions: allowedActions(redemptionLifecycle, state),
    claimedAt: row.claimedAt.toISOString(),
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}
