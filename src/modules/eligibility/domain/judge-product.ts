import { type Answer, type CompiledRule, evaluate, type Facts, type Finding, lastDay } from '../../../rules/index.ts'

export type Judged = {
  answer: Answer
  /** Last day of a yes, when it ends by itself. */
  holdsUntil?: string
  missing: readonly string[]
  finding: Finding | undefined
  /** Why it is no, or not known, beside the rules. */
  notes: readonly ProductNote[]
}
export const productNotes = ['quota_used_up', 'no_longer_valid', 'conditions_not_as_rules'] as const
export type ProductNote = (typeof productNotes)[number]

type Product = {
  rules: CompiledRule | undefined
  validUntil: string | null
  details: { quotaLeftFen?: number | undefined }
}

/** Whether an organisation may have a product on a day. Conditions that stand in words only leave it unknown. */
export function judgeProduct({ rules, validUntil, details }: Product, facts: Facts, day: string): Judged {
  const finding = rules && evaluate(rules, facts, day)
  const notes: ProductNote[] = []
  if (details.quotaLeftFen === 0) notes.push('quota_used_up')
  if (validUntil !== null && validUntil < day) notes.push('no_longer_valid')
  if (notes.length > 0) return { answer: 'no', missing: [], finding, notes }
  if (finding === undefined) return { answer: 'unknown', missing: [], finding, notes: ['conditions_not_as_rules'] }
  const { answer, missing } = finding
  const ends = [finding.holdsUntil, validUntil ?? lastDay].sort()[0] ?? lastDay
  return { answer, missing, finding, notes, ...(answer === 'yes' && ends !== lastDay && { holdsUntil: ends }) }
}

/** The rules at the ends that made the answer what it is: the refused ones of a no, the open ones of an unknown. */
export function decisive(finding: Finding): Finding[] {
  if (finding.children.length === 0) return [finding]
  const isNegation = 'not' in finding.rule
  const wanted = isNegation && finding.answer !== 'unknown' ? { yes: 'no', no: 'yes' }[finding.answer] : finding.answer
  return finding.children.filter(({ answer }) => answer === wanted).flatMap(decisive)
}
