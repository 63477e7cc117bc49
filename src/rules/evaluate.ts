import { assertNever } from '../kernel/assert.ts'
import type { CompiledRule } from './compile.ts'
import { dayBefore } from './days.ts'
import { type Facts, lastDay } from './facts.ts'
import { judgeLeaf } from './judge-leaf.ts'
import type { Answer, LeafRule, Rule } from './rule.ts'

/** What one rule says, and why. `missing` names what evidence would turn unknown into yes or no. */
export type Finding = {
  readonly rule: Rule
  /** JSON pointer of the rule in its set. */
  readonly pointer: string
  readonly answer: Answer
  /** A yes or no stays the same on every day up to this one, if no evidence changes. */
  readonly holdsUntil: string
  readonly missing: readonly string[]
  readonly children: readonly Finding[]
  /** Points reached at least and at most, of a score. */
  readonly points?: readonly [number, number]
}

/** Judges an organisation on a day (YYYY-MM-DD in China). Pure: the same facts, rule and day give the same finding. */
export function evaluate(compiled: CompiledRule, facts: Facts, day: string): Finding {
  const finding = judge(compiled, facts, day)
  const { from, to } = compiled
  if ((from !== undefined && day < from) || (to !== undefined && day > to)) {
    return {
      ...finding,
      answer: 'no',
      missing: [],
      holdsUntil: from !== undefined && day < from ? dayBefore(from) : lastDay,
    }
  }
  return to !== undefined && finding.answer === 'yes' && to < finding.holdsUntil
    ? { ...finding, holdsUntil: to }
    : finding
}

function judge(compiled: CompiledRule, facts: Facts, day: string): Finding {
  const { rule, pointer, kind } = compiled
  if (kind === 'leaf') return { rule, pointer, children: [], ...judgeLeaf(rule as LeafRule, facts, day) }
  const children = compiled.children.map((child) => judge(child, facts, day))
  return { rule, pointer, children, ...combine(compiled, children) }
}

type Combined = Pick<Finding, 'answer' | 'holdsUntil' | 'missing'>

function combine({ kind, needed }: CompiledRule, children: readonly Finding[]): Combined {
  switch (kind) {
    case 'not':
      return negate(children[0])
    case 'count':
      return countYes(children, needed)
    case 'leaf':
      return { answer: 'unknown', holdsUntil: lastDay, missing: [] }
    default:
      return assertNever(kind)
  }
}

function negate(child: Finding | undefined): Combined {
  const { answer = 'unknown', holdsUntil = lastDay, missing = [] } = child ?? {}
  return { answer: opposite[answer], holdsUntil, missing }
}

const opposite = { yes: 'no', no: 'yes', unknown: 'unknown' } as const satisfies Record<Answer, Answer>

/**
 * `needed` of the children must be yes: all of them for `all`, one for `any`. Yes lasts as long as that many yeses do, no
 * as long as so many noes do that the rest is too few.
 */
function countYes(children: readonly Finding[], needed: number): Combined {
  const yes = children.filter(({ answer }) => answer === 'yes')
  const no = children.filter(({ answer }) => answer === 'no')
  const tooMany = children.length - needed + 1
  if (yes.length >= needed) return { answer: 'yes', holdsUntil: nthLatest(yes, needed), missing: [] }
  if (no.length >= tooMany) return { answer: 'no', holdsUntil: nthLatest(no, tooMany), missing: [] }
  const missing = children.filter(({ answer }) => answer === 'unknown').flatMap((child) => child.missing)
  return { answer: 'unknown', holdsUntil: lastDay, missing: [...new Set(missing)] }
}

function nthLatest(findings: readonly Finding[], n: number): string {
  const days = findings.map(({ holdsUntil }) => holdsUntil).sort()
  return days[days.length - n] ?? lastDay
}
