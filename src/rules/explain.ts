import type { Finding } from './evaluate.ts'
import { type Facts, lastDay } from './facts.ts'
import { fieldOf } from './fields.ts'
import { qualificationName } from './qualifications.ts'
import type { Answer } from './rule.ts'
import { sentenceOf } from './sentence.ts'

/** One line of an explanation; lines of rules below another are one `depth` further in. */
export type ExplanationLine = {
  pointer: string
  depth: number
  answer: Answer
  /** One Chinese sentence: what is asked, what is known, and the result. */
  text: string
  clause?: string
  /** Last day of a yes or no, when it ends by itself. */
  holdsUntil?: string
  missing?: string[]
}

/** A finding as lines, top down, in the order of the rules. */
export function explain(finding: Finding, facts: Facts, depth = 0): ExplanationLine[] {
  const { pointer, answer, rule, holdsUntil, missing, children } = finding
  const line: ExplanationLine = { pointer, depth, answer, text: `${sentenceOf(finding, facts)}：${words[answer]}` }
  if (rule.clause !== undefined) line.clause = rule.clause
  if (answer !== 'unknown' && holdsUntil !== lastDay) line.holdsUntil = holdsUntil
  if (missing.length > 0) line.missing = missing.map(nameOfMissing)
  return [line, ...children.flatMap((child) => explain(child, facts, depth + 1))]
}

/** What has to be shown, for a person: a field's name, or a qualification's. */
export function nameOfMissing(missing: string): string {
  const [name = '', type] = missing.split(':')
  return type === undefined ? (fieldOf(name)?.zh ?? name) : `资质：${qualificationName(type)}`
}

const words: Record<Answer, string> = { yes: '满足', no: '不满足', unknown: '待证实' }
