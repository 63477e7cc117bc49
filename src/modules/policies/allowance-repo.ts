import { and, eq, sql } from 'drizzle-orm'
import { isCheckViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { PolicyBenefit } from './domain/benefit.ts'
import type { Redemption } from './redemption-repo.ts'
import { policyAllowances as allowances } from './table.ts'

type Taking = Pick<Redemption, 'policyId' | 'orgId' | 'claimedOn'> & { amountFen: number; benefit: PolicyBenefit }

/**
 * Takes an amount from the caps of the year of the claim: of the organisation, and of the policy. The table's constraint is
 * the cap, so two desks at the same moment cannot pass it together. @throws LIMIT_EXCEEDED
 */
export async function takeAllowance(tx: Tx, { policyId, orgId, claimedOn, amountFen, benefit }: Taking): Promise<void> {
  const { yearlyCapFen, yearlyBudgetFen } = benefit
  const caps = [
    { scope: orgId, capFen: yearlyCapFen, what: 'the organisation’s cap of the year' },
    { scope: policyId, capFen: yearlyBudgetFen, what: 'the budget of the year' },
  ]
  for (const { scope, capFen, what } of caps) {
    if (capFen === undefined) continue
    await tx
      .insert(allowances)
      .values({ policyId, scope: idToUuid(scope), year: yearOf(claimedOn), takenFen: amountFen, capFen })
      .onConflictDoUpdate({
        target: [allowances.policyId, allowances.scope, allowances.year],
        set: { takenFen: sql`${allowances.takenFen} + ${amountFen}`, capFen },
      })
      .catch((cause: unknown) => {
        if (!isCheckViolation(cause, 'policy_allowances__cap')) throw cause
        throw new AppError('LIMIT_EXCEEDED', `It is more than what is left of ${what}.`, { cause, details: { capFen } })
      })
  }
}

/** Gives back what a confirmed claim took. */
export async function releaseAllowance(tx: Tx, { policyId, orgId, claimedOn, amountFen }: Omit<Taking, 'benefit'>) {
  for (const scope of [orgId, policyId]) {
    await tx
      .update(allowances)
      .set({ takenFen: sql`${allowances.takenFen} - ${amountFen}` })
      .where(
        and(
          eq(allowances.policyId, policyId),
          eq(allowances.scope, idToUuid(scope)),
          eq(allowances.year, yearOf(claimedOn)),
        ),
      )
  }
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4))
}
