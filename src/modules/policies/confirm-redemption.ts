import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { assert } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { nameOfMissing } from '../../rules/index.ts'
import { readFacts } from '../evidence/index.ts'
import { getOrganisation } from '../identity/index.ts'
import { actOnRedemption, type RedemptionRef } from './act-on-redemption.ts'
import { takeAllowance } from './allowance-repo.ts'
import { mostOf, type PolicyBenefit } from './domain/benefit.ts'
import { judgePolicy } from './judge-policy.ts'
import { findPolicy, getVersion } from './policy-repo.ts'
import type { Redemption } from './redemption-repo.ts'

/**
 * The desk confirms a claim with its amount. The rules of the day of the claim must say yes by what is known now, and the
 * amount stays within the benefit and what is left of its caps. @throws NOT_ELIGIBLE, LIMIT_EXCEEDED, VALIDATION_FAILED
 */
export function confirmRedemption(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { amountFen, ...ref }: RedemptionRef & { amountFen?: number | undefined },
): Promise<Redemption> {
  return actOnRedemption(deps, actor, {
    ...ref,
    action: 'confirm',
    async change(before, tx, now) {
      const { benefit, computedFen } = await judgedAgain(tx, before)
      const confirmedFen = amountFen ?? computedFen
      if (!confirmedFen) throw invalidField('#/amountFen', 'amount', 'has to be named: nothing else tells the amount')
      const mostFen = mostOf(benefit, computedFen)
      if (confirmedFen > mostFen) {
        throw new AppError('LIMIT_EXCEEDED', `The claim comes to ${mostFen} fen at most.`, { details: { mostFen } })
      }
      await takeAllowance(tx, { ...before, amountFen: confirmedFen, benefit })
      return { amountFen: confirmedFen, confirmedAt: now }
    },
  })
}

/** The claim by the evidence of now. An interest that was claimed stays what it was: what is booked does not change. */
async function judgedAgain(tx: Tx, before: Redemption): Promise<{ benefit: PolicyBenefit; computedFen?: number }> {
  const { policyId, policyVersion, orgId, claimedOn } = before
  const [policy, version] = [await findPolicy(tx, policyId), await getVersion(tx, policyId, policyVersion)]
  const { benefit } = version
  assert(policy !== undefined && benefit !== null, 'NOT_FOUND', 'There is no such policy.')
  const facts = await readFacts(tx, await getOrganisation(tx, orgId), claimedOn)
  const { answer, missing, benefitFen } = judgePolicy({ policy, version }, { facts, day: claimedOn })
  if (answer !== 'yes') {
    throw new AppError('NOT_ELIGIBLE', 'The rules do not say yes yet.', {
      details: { answer, missing: missing.map(nameOfMissing) },
    })
  }
  const computedFen = benefit.form === 'loan_interest' ? (before.claimedFen ?? undefined) : benefitFen
  return { benefit, ...(computedFen !== undefined && { computedFen }) }
}
