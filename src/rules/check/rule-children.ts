import type { Rule } from '../rule.ts'

export type Child = { child: Rule; path: readonly (string | number)[] }

/** The rules directly below one with the way to each; references are not followed. */
export function childrenOf(rule: Rule): Child[] {
  if ('all' in rule) return rule.all.map((child, index) => ({ child, path: ['all', index] }))
  if ('any' in rule) return rule.any.map((child, index) => ({ child, path: ['any', index] }))
  if ('of' in rule) return rule.of.map((child, index) => ({ child, path: ['of', index] }))
  return 'not' in rule ? [{ child: rule.not, path: ['not'] }] : []
}
