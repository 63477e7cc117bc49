import curated from '../../seeds/reference/synonyms.json' with { type: 'json' }
import { foldText } from './fold.ts'
import { jieba } from './jieba.ts'

export type SynonymGroups = readonly (readonly string[])[]
type Alternatives = ReadonlyMap<string, readonly string[]>
type Found = { start: number; end: number; alternatives: readonly string[] }

/** The curated groups of seeds/reference/synonyms.json as they are written. */
export const curatedSynonyms: SynonymGroups = curated.groups

/** A query names one or two technologies; more would multiply the spellings, and each costs PostgreSQL 1 to 3 ms. */
const MOST_TERMS = 3
const MOST_VARIANTS = 8
const LONGEST_SEARCHED = 200
const LONGEST_TERM = 40

let curatedAlternatives: Alternatives | undefined

/**
 * Folded spellings of a query with terms of it replaced by others that mean the same, one term first, then two; without
 * the query itself. `extra` are the groups of a market.
 */
export function synonymVariants(query: string, extra: SynonymGroups = []): string[] {
  const folded = foldText(query).slice(0, LONGEST_SEARCHED)
  curatedAlternatives ??= alternativesOf(curatedSynonyms)
  const lookups = extra.length === 0 ? [curatedAlternatives] : [alternativesOf(extra), curatedAlternatives]
  let variants = [{ text: folded, replaced: 0 }]
  for (const { start, end, alternatives } of termsIn(folded, lookups).reverse()) {
    const more = variants.flatMap(({ text, replaced }) =>
      alternatives.map((term) => ({
        text: spaced(text.slice(0, start), term, text.slice(end)),
        replaced: replaced + 1,
      })),
    )
    variants = [...variants, ...more]
  }
  const nearestFirst = variants.slice(1).sort((a, b) => a.replaced - b.replaced)
  return [...new Set(nearestFirst.map((variant) => variant.text))].slice(0, MOST_VARIANTS)
}

function alternativesOf(groups: SynonymGroups): Alternatives {
  const alternatives = new Map<string, string[]>()
  for (const group of groups) {
    const terms = [...new Set(group.map(foldText))].filter((term) => term !== '')
    for (const term of terms) {
      const others = terms.filter((other) => other !== term)
      alternatives.set(term, [...new Set([...(alternatives.get(term) ?? []), ...others])])
    }
  }
  return alternatives
}

/** The longest known terms from left to right, none inside another. */
function termsIn(text: string, lookups: readonly Alternatives[]): Found[] {
  const found: Found[] = []
  let borders: Set<number> | undefined
  for (let start = 0; start < text.length && found.length < MOST_TERMS; start += 1) {
    for (let end = Math.min(text.length, start + LONGEST_TERM); end > start + 1; end -= 1) {
      const term = text.slice(start, end)
      const alternatives = [...new Set(lookups.flatMap((lookup) => lookup.get(term) ?? []))]
      if (alternatives.length === 0) continue
      borders ??= wordBorders(text)
      if (!isWholeTerm(text, { start, end }, borders)) continue
      found.push({ start, end, alternatives })
      start = end - 1
      break
    }
  }
  return found
}

/** "ai" is not in "aim", and a pair of characters may belong to two words: 机床 is not in 计算机床头. */
function isWholeTerm(text: string, { start, end }: { start: number; end: number }, borders: Set<number>): boolean {
  const isInsideLatin = (at: number) => /[a-z0-9]/.test(text.charAt(at - 1)) && /[a-z0-9]/.test(text.charAt(at))
  if (isInsideLatin(start) || isInsideLatin(end)) return false
  const isShort = end - start === 2 && /^\p{Script=Han}/u.test(text.slice(start))
  return isShort ? borders.has(start) && borders.has(end) : borders.has(start) || borders.has(end)
}

function wordBorders(text: string): Set<number> {
  const borders = new Set([0])
  let at = 0
  for (const word of jieba().cut(text, true)) {
    at += word.length
    borders.add(at)
  }
  return borders
}

/** Latin words next to each other need a blank between them. */
function spaced(before: string, term: string, after: string): string {
  const left = /[a-z0-9]$/.test(before) && /^[a-z0-9]/.test(term) ? ' ' : ''
  const right = /[a-z0-9]$/.test(term) && /^[a-z0-9]/.test(after) ? ' ' : ''
  return `${before}${left}${term}${right}${after}`
}
