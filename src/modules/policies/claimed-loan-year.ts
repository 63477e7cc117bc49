import type { Db } from '../../db/client.ts'
import { invalidField } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { readLoanYear } from '../applications/index.ts'
import type { LoanYear, PolicyBenefit } from './domain/benefit.ts'

type Asked = {
  applicationId?: Id<'financeApplication'> | undefined
  loanYear?: number | undefined
  orgId: Id<'organisation'>
  today: string
}

/**
 * The year of a loan whose interest is claimed; nothing for a benefit that is no interest subsidy.
 * @throws VALIDATION_FAILED where the benefit and what was named do not fit, NOT_FOUND for a loan of others.
 */
export async function claimedLoanYear(
  db: Db,
  benefit: PolicyBenefit | null,
  { applicationId, loanYear, orgId, today }: Asked,
): Promise<LoanYear | undefined> {
  const isInterest = benefit?.form === 'loan_interest'
  for (const [name, value] of Object.entries({ applicationId, loanYear })) {
    if (isInterest === (value !== undefined)) continue
    throw invalidField(
      `#/${name}`,
      'loan_year',
      isInterest ? 'an interest subsidy needs it' : 'only an interest subsidy has it',
    )
  }
  if (!isInterest || applicationId === undefined || loanYear === undefined) return undefined
  if (benefit.years !== undefined && loanYear > benefit.years) {
    throw invalidField('#/loanYear', 'out_of_range', `must be from 1 to ${benefit.years}`)
  }
  return readLoanYear(db, { applicationId, applicantId: orgId, year: loanYear, today })
}
