import type { Rule, RuleSet } from '../rule.ts'
import { checkReferences } from './check-references.ts'
import { checkShape } from './check-shape.ts'
import { placeIn, type RuleIssue } from './issue.ts'
import { checkReach } from './reach.ts'
import { childrenOf } from './rule-children.ts'

/** More rules in one set than any programme has clauses; keeps judging a set below a millisecond. */
const mostRules = 300

export type CheckedRules = { rules: RuleSet; issues: [] } | { rules: undefined; issues: RuleIssue[] }

/**
 * Reads a set of rules from JSON. Refuses, each with its place: unknown keys, fields and codes (with the nearest known one),
 * wrong types, references to nothing or in a circle, definitions nobody uses, and branches that can never decide anything.
 */
export function checkRules(value: unknown): CheckedRules {
  const issues: RuleIssue[] = []
  const root = placeIn(issues)
  checkShape(value, root)
  if (issues.length > 0) return { rules: undefined, issues }
  const rules = value as RuleSet
  checkReferences(rules, root)
  if (issues.length > 0) return { rules: undefined, issues }
  const all = [rules.rule, ...Object.values(rules.definitions ?? {})]
  const size = all.reduce((sum, rule) => sum + sizeOf(rule), 0)
  if (size > mostRules) root.report('too_large', `has ${size} rules; ${mostRules} are the most`)
  else checkReach(rules, root)
  return issues.length > 0 ? { rules: undefined, issues } : { rules, issues: [] }
}

function sizeOf(rule: Rule): number {
  return 1 + childrenOf(rule).reduce((sum, { child }) => sum + sizeOf(child), 0)
}
