import { impossible } from '../kernel/assert.ts'
import { formOf, type LeafRule, type Rule, type RuleSet } from './rule.ts'

/** A rule with its references resolved: `count` needs so many yeses among its children. */
export type CompiledRule = {
  readonly kind: 'count' | 'not' | 'leaf'
  readonly rule: Rule
  readonly pointer: string
  readonly needed: number
  readonly children: readonly CompiledRule[]
  readonly from?: string
  readonly to?: string
}

/** Resolves a checked set once, so that judging many organisations by it costs a walk. A reference costs no copy. */
export function compileRules({ rule, definitions = {}, from, to }: RuleSet): CompiledRule {
  const known = new Map<string, CompiledRule>()
  const compile = (one: Rule, pointer: string): CompiledRule => {
    if ('use' in one) return { ...whole(one, pointer), children: [definition(one.use)] }
    if ('all' in one) return { ...group(one.all, one, `${pointer}/all`), needed: one.all.length }
    if ('any' in one) return { ...group(one.any, one, `${pointer}/any`), needed: 1 }
    if ('atLeast' in one) return { ...group(one.of, one, `${pointer}/of`), needed: one.atLeast }
    if ('not' in one) {
      return { ...whole(one, pointer), kind: 'not', children: [compile(one.not, `${pointer}/not`)] }
    }
    return { kind: 'leaf', rule: one satisfies LeafRule, pointer, needed: 0, children: [] }
  }
  const group = (rules: readonly Rule[], owner: Rule, base: string): CompiledRule => ({
    ...whole(owner, base.slice(0, base.lastIndexOf('/'))),
    children: rules.map((child, index) => compile(child, `${base}/${index}`)),
  })
  const definition = (name: string): CompiledRule => {
    const compiled =
      known.get(name) ?? compile(definitions[name] ?? impossible(`no rule ${name}`), `#/definitions/${name}`)
    known.set(name, compiled)
    return compiled
  }
  const dates = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
  return { ...compile(rule, '#/rule'), ...dates }
}

function whole(rule: Rule, pointer: string): CompiledRule {
  if (formOf(rule) === undefined) impossible('a rule without a form')
  return { kind: 'count', rule, pointer, needed: 1, children: [] }
}
