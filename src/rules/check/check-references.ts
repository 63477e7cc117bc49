import type { Rule, RuleSet } from '../rule.ts'
import type { Place } from './issue.ts'
import { childrenOf } from './rule-children.ts'
import { hintOf } from './values.ts'

type Reference = { name: string; place: Place }

/** Every reference has a definition, none leads back to itself, and every definition is used from the rule. */
export function checkReferences({ rule, definitions = {} }: RuleSet, root: Place): void {
  const names = Object.keys(definitions)
  const uses = new Map(
    names.map((name) => [name, referencesIn(own(definitions, name), root.at('definitions').at(name))]),
  )
  const fromRule = referencesIn(rule, root.at('rule'))
  for (const { name, place } of [fromRule, ...uses.values()].flat()) {
    if (!uses.has(name)) place.report('unknown_reference', `is defined nowhere${hintOf(name, names)}`)
  }
  for (const name of names) {
    const circle = circleFrom(name, uses)
    if (circle)
      root
        .at('definitions')
        .at(name)
        .report('reference_cycle', `refers to itself: ${circle.join(' → ')}`)
  }
  const reached = reachedFrom(fromRule, uses)
  for (const name of names) {
    if (!reached.has(name)) root.at('definitions').at(name).report('unused_definition', 'is used nowhere')
  }
}

function own(definitions: Readonly<Record<string, Rule>>, name: string): Rule {
  return Object.hasOwn(definitions, name) ? (definitions[name] as Rule) : { all: [] }
}

function referencesIn(rule: Rule, place: Place): Reference[] {
  if ('use' in rule) return [{ name: rule.use, place: place.at('use') }]
  return childrenOf(rule).flatMap(({ child, path }) =>
    referencesIn(
      child,
      path.reduce((at, key) => at.at(key), place),
    ),
  )
}

/** The names from a definition back to itself. */
function circleFrom(start: string, uses: ReadonlyMap<string, Reference[]>): string[] | undefined {
  const seen = new Set<string>()
  const search = (name: string, path: string[]): string[] | undefined => {
    for (const { name: next } of uses.get(name) ?? []) {
      if (next === start) return [...path, next]
      if (seen.has(next)) continue
      seen.add(next)
      const found = search(next, [...path, next])
      if (found) return found
    }
    return undefined
  }
  return search(start, [start])
}

function reachedFrom(references: readonly Reference[], uses: ReadonlyMap<string, Reference[]>): Set<string> {
  const reached = new Set<string>()
  const queue = references.map(({ name }) => name)
  for (const name of queue) {
    if (reached.has(name)) continue
    reached.add(name)
    queue.push(...(uses.get(name) ?? []).map((reference) => reference.name))
  }
  return reached
}
