import type { Db } from '../../db/client.ts'
import { invalidField, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { accruedInterest, type BalanceChange, loanYearOf } from '../financing/index.ts'
import { type ApplicationId, findApplication, listSteps, type Step } from './application-repo.ts'
import { balanceOf } from './domain/amounts.ts'

export type ReadLoanYear = {
  applicationId: ApplicationId
  applicantId: Id<'organisation'>
  year: number
  today: string
}

/**
 * The interest of the nth year of an applicant's loan, from what was drawn and paid back and the rate of the approval. A year is
 * complete when it has passed, or when nothing is owed any more. @throws NOT_FOUND, VALIDATION_FAILED
 */
export async function readLoanYear(
  db: Db,
  { applicationId, applicantId, year, today }: ReadLoanYear,
): Promise<{ applicationId: ApplicationId; year: number; interestFen: number }> {
  const application = await findApplication(db, applicationId)
  if (application?.applicantId !== applicantId) throw notFound('finance application')
  const changes = (await listSteps(db, applicationId)).flatMap(changeOf)
  const [firstDay] = changes.map(({ day }) => day).sort()
  const { rateBasisPoints } = application
  if (firstDay === undefined || rateBasisPoints === null) {
    throw invalidField('#/applicationId', 'no_interest', 'is no loan that was drawn at a known rate')
  }
  const period = loanYearOf(firstDay, year)
  if (period.from > today || (period.to > today && balanceOf(application) > 0)) {
    throw invalidField('#/loanYear', 'not_over', `the year ends on ${period.to}, and the loan is not repaid`)
  }
  return { applicationId, year, interestFen: accruedInterest(changes, rateBasisPoints, period) }
}

function changeOf({ movement, amountFen, movedOn }: Step): BalanceChange[] {
  if (movement === null || amountFen === null || movedOn === null) return []
  return [{ day: movedOn, fen: movement === 'drawing' ? amountFen : -amountFen }]
}
