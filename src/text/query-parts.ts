import { foldText } from './fold.ts'

/** What a person typed into a search field, folded and taken apart by its operators. */
export type QueryParts = { words: string[]; phrases: string[]; excluded: string[]; excludedPhrases: string[] }

/** `-"…"`, `"…"`, `-word` or word; quotes of either style. A quote without its partner is a separator. */
const PART = /(?<=^|\s)-"([^"]+)"|"([^"]+)"|(?<=^|\s)-([^\s"]+)|([^\s"]+)/gu

/** Takes a query apart. Never fails: what belongs to no part is left out. */
export function readQueryParts(q: string): QueryParts {
  const parts = [
    ...foldText(q)
      .replace(/[“”„「」『』«»]/g, '"')
      .matchAll(PART),
  ]
  const group = (index: number) => parts.flatMap((part) => part[index]?.trim() ?? [])
  return { excludedPhrases: group(1), phrases: group(2), excluded: group(3), words: group(4) }
}

/** Signs alone say nothing that a text could be asked for. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

/**
 * The words that say all, without those made of `parts`: 锂电池 is made of 锂电 and 电池, and every text with the long word has the short ones, but not the
 * other way round.
 */
export function withoutCompounds(words: readonly string[], parts: readonly string[] = words): string[] {
  return words.filter((word) => !isMadeOfOthers(word, parts))
}

function isMadeOfOthers(word: string, words: readonly string[]): boolean {
  const isCovered = new Array<boolean>(word.length).fill(false)
  for (const other of words) {
    if (other.length >= word.length) continue
    for (let at = word.indexOf(other); at >= 0; at = word.indexOf(other, at + 1)) {
      isCovered.fill(true, at, at + other.length)
    }
  }
  return isCovered.every(Boolean)
}
