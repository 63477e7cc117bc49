import { quoteLexeme } from './postgres-lexemes.ts'

/** A tsquery that wants all of the lexemes and none of the exclusions. */
export function allOf(lexemes: readonly string[], excluded: readonly string[][] = []): string {
  return [...lexemes.map(quoteLexeme), ...excluded.map((each) => `!(${each.map(quoteLexeme).join(' & ')})`)].join(' & ')
}

/** A tsquery that wants all lexemes of at least one set and none of the exclusions. */
export function allOfOne(sets: readonly (readonly string[])[], excluded: readonly string[][] = []): string {
  const wanted = [...new Set(sets.map((lexemes) => `(${allOf(lexemes)})`))].join(' | ')
  return excluded.length === 0 ? wanted : `(${wanted}) & ${allOf([], excluded)}`
}

/** A tsquery that wants at least one of the lexemes and none of the exclusions. */
export function anyOf(lexemes: readonly string[], excluded: readonly string[][] = []): string {
  const wanted = `(${lexemes.map(quoteLexeme).join(' | ')})`
  return excluded.length === 0 ? wanted : `${wanted} & ${allOf([], excluded)}`
}
