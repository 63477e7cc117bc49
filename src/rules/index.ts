export { type Benefit, benefitAmount, benefitLimits, shareOf } from './benefit.ts'
export { checkRules } from './check/check-rules.ts'
export type { RuleIssue } from './check/issue.ts'
export { type CompiledRule, compileRules } from './compile.ts'
export { daysBetween, yearsAfter } from './days.ts'
export { evaluate, type Finding } from './evaluate.ts'
export { type ExplanationLine, explain, nameOfMissing } from './explain.ts'
export {
  type Assumption,
  assume,
  type Fact,
  type Facts,
  type FactValue,
  type HeldQualification,
  lastDay,
} from './facts.ts'
export { type FieldName, fieldNames, fieldOf, fields } from './fields.ts'
export { qualificationCodes } from './qualifications.ts'
export { type Answer, answers, type Rule, type RuleSet } from './rule.ts'
