import { type Answer, compileRules, evaluate, type Facts, type Finding, lastDay } from '../../rules/index.ts'
import { claimAmount, type LoanYear } from './domain/benefit.ts'
import type { Policy, PolicyVersion } from './policy-repo.ts'

export type JudgedPolicy = {
  policy: Policy
  version: PolicyVersion
  answer: Answer
  finding: Finding
  missing: readonly string[]
  /** Last day of a yes, when it ends by itself. */
  holdsUntil?: string
  /** What a claim would come to; absent while that is unknown or decided case by case. */
  benefitFen?: number
}
type Asked = { facts: Facts; day: string; loanYear?: LoanYear | undefined }

/** What a version says of an organisation on a day, and what it would pay. */
export function judgePolicy(
  { policy, version }: { policy: Policy; version: PolicyVersion },
  { facts, day, loanYear }: Asked,
): JudgedPolicy {
  const finding = evaluate(compileRules(version.rules), facts, day)
  const { answer, missing } = finding
  const ends = [finding.holdsUntil, version.effectiveTo ?? lastDay].sort()[0] ?? lastDay
  const benefitFen = version.benefit === null ? undefined : claimAmount(version.benefit, { facts, day, loanYear })
  return {
    ...{ policy, version, answer, finding, missing },
    ...(answer === 'yes' && ends !== lastDay && { holdsUntil: ends }),
    ...(benefitFen !== undefined && { benefitFen }),
  }
}
