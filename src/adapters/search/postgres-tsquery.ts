import { quoteLexeme } from './postgres-lexemes.ts'

/** A tsquery that wants all of the lexemes and none of the exclusions. */
export function allOf(lexemes: readonly string[], excluded: readonly string[][] = []): string {
  return [...lexemes.map(quoteLexeme), ...excluded.map((each) => `!(${each.map(quoteLexeme).join(' & ')})`)].join(' & ')
}

/**
 * A tsquery that wants all lexemes of at least one set and none of the exclusions. What all sets have in common is asked
 * for once, and sets that ask for more than another one are left out: GIN evaluates the whole tree for every document that
 * has one of the rarer lexemes, which took 20 ms for nine sets and takes 4 for their common part and the rest.
 */
export function allOfOne(sets: readonly (readonly string[])[], excluded: readonly string[][] = []): string {
  const least = sets.filter((set, index) => !sets.some((other, at) => asksForLess(other, set, at < index)))
  const common = (least[0] ?? []).filter((lexeme) => least.every((set) => set.includes(lexeme)))
  const rests = least.map((set) => set.filter((lexeme) => !common.includes(lexeme)))
  const wanted = rests.some((rest) => rest.length === 0) ? [] : [`(${rests.map((rest) => allOf(rest)).join(' | ')})`]
  return [...common.map(quoteLexeme), ...wanted, ...(excluded.length === 0 ? [] : [allOf([], excluded)])].join(' & ')
}

/** Of two equal sets the first one counts as less. */
function asksForLess(one: readonly string[], other: readonly string[], isFirst: boolean): boolean {
  return one !== other && one.every((lexeme) => other.includes(lexeme)) && (isFirst || one.length < other.length)
}

/** A tsquery that wants at least one of the lexemes and none of the exclusions. */
export function anyOf(lexemes: readonly string[], excluded: readonly string[][] = []): string {
  const wanted = `(${lexemes.map(quoteLexeme).join(' | ')})`
  return excluded.length === 0 ? wanted : `${wanted} & ${allOf([], excluded)}`
}
