import type { Rule, RuleSet, ScoreRule } from '../rule.ts'
import { contradicts, implies } from './bounds.ts'
import type { Place } from './issue.ts'
import { childrenOf } from './rule-children.ts'

/**
 * Branches that can never decide anything: a condition that contradicts one above or beside it, an alternative that another
 * already covers, a number of conditions or points that cannot be reached. What it does not see it lets pass: it looks at
 * single fields, not at arithmetic.
 */
export function checkReach({ rule, definitions = {} }: RuleSet, root: Place): void {
  visit(rule, root.at('rule'), [])
  for (const [name, one] of Object.entries(definitions)) visit(one, root.at('definitions').at(name), [])
}

/** @param held conditions that hold wherever this rule matters. */
function visit(rule: Rule, place: Place, held: readonly Rule[]): void {
  if (held.some((other) => contradicts(other, rule))) {
    place.report('unreachable_branch', 'can never be met beside the conditions around it')
    return
  }
  if ('score' in rule) {
    checkPoints(rule, place)
    return
  }
  if ('of' in rule && rule.atLeast > rule.of.length) {
    place.at('atLeast').report('unreachable_branch', `asks for ${rule.atLeast} of ${rule.of.length}`)
  }
  reportCovered(rule, place)
  const children = childrenOf(rule)
  for (const [index, { child, path }] of children.entries()) {
    const beside = 'all' in rule ? children.slice(0, index).map((other) => other.child) : []
    const around = 'not' in rule ? [] : [...held, ...beside.flatMap(conjuncts)]
    visit(
      child,
      path.reduce<Place>((at, key) => at.at(key), place),
      around,
    )
  }
}

/** What holds when a rule does: the parts of `all`, else the rule itself. */
function conjuncts(rule: Rule): readonly Rule[] {
  return 'all' in rule ? rule.all.flatMap(conjuncts) : [rule]
}

/** In `any` an alternative that an earlier or later one covers, in `all` and `atLeast` the same condition twice. */
function reportCovered(rule: Rule, place: Place): void {
  const children = childrenOf(rule)
  for (const [index, { child, path }] of children.entries()) {
    const others = children.filter((_, other) => other !== index)
    const isTwice = children.slice(0, index).some((other) => isSame(other.child, child))
    const isCovered =
      'any' in rule && others.some((other) => !isSame(other.child, child) && implies(child, other.child))
    if (!isTwice && !isCovered) continue
    const why = isTwice ? 'stands here twice' : 'is covered by another alternative, so it never decides'
    path.reduce<Place>((at, key) => at.at(key), place).report('unreachable_branch', why)
  }
}

function checkPoints({ score, min }: ScoreRule, place: Place): void {
  const best = score.map(({ options }) =>
    Math.max(...options.flatMap(({ bands }) => bands.map(({ points }) => points))),
  )
  const total = best.reduce((sum, points) => sum + points, 0)
  if (min > total) place.at('min').report('unreachable_branch', `all tables together give ${total} points at most`)
  for (const [index, table] of score.entries()) {
    const most = best[index] ?? 0
    if ((table.min ?? 0) > most) {
      place.at('score').at(index).at('min').report('unreachable_branch', `the table gives ${most} points at most`)
    }
  }
}

function isSame(one: Rule, other: Rule): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other))
}

function plain({ clause: _clause, label: _label, ...rule }: Rule): unknown {
  return rule
}
