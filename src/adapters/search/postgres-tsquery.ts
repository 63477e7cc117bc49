import { quoteLexeme } from './postgres-lexemes.ts'
import type { QueryText } from './postgres-query-text.ts'

/** A tsquery that wants all of the lexemes and none of the exclusions. */
export function allOf(lexemes: readonly string[], excluded: readonly string[][] = []): string {
  return [...lexemes.map(quoteLexeme), ...excluded.map((each) => `!(${each.map(quoteLexeme).join(' & ')})`)].join(' & ')
}

/** A tsquery that wants at least one of the lexemes and none of the exclusions. */
export function anyOf(lexemes: readonly string[], excluded: readonly string[][] = []): string {
  const wanted = `(${lexemes.map(quoteLexeme).join(' | ')})`
  return excluded.length === 0 ? wanted : `${wanted} & ${allOf([], excluded)}`
}

/** Share of documents that hold a lexeme, for the frequent ones that PostgreSQL's statistics list; the others are rare. */
export type Frequencies = ReadonlyMap<string, number>

/** What an unlisted lexeme may have at most: ANALYZE keeps the thousand most frequent ones. */
const RARE = 0.001
/** Together the words of an OR may match this many documents; ranking more was measured 60–400 times slower (DESIGN §7). */
const OR_BUDGET = 10_000
const MOST_OR_WORDS = 12

/** The rarest words of a query, rarest first, until the budget is spent; always at least one. */
export function rarestWords({ wanted }: QueryText, frequencies: Frequencies, documentCount: number): string[] {
  const known = wanted.map((word) => ({ word, count: (frequencies.get(word) ?? RARE) * documentCount }))
  const chosen: string[] = []
  let spent = 0
  for (const { word, count } of known.sort((a, b) => a.count - b.count).slice(0, MOST_OR_WORDS)) {
    spent += count
    if (chosen.length > 0 && spent > OR_BUDGET) break
    chosen.push(word)
  }
  return chosen
}

/** Share of documents expected to hold all of the lexemes, as if they were independent. */
export function expectedShare(lexemes: readonly string[], frequencies: Frequencies): number {
  return lexemes.reduce((share, lexeme) => share * (frequencies.get(lexeme) ?? RARE), 1)
}
