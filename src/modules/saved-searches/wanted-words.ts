import { hanUnigrams } from '../../text/characters.ts'
import { foldText } from '../../text/fold.ts'
import { tokenizeForIndex, tokenizeQuery } from '../../text/tokenize.ts'
import type { WantedWords } from './domain/saved-query.ts'

/** `-"…"`, `"…"`, `-word` or word; quotes of either style. A quote without its partner is a separator. */
const PART = /(?<=^|\s)-"([^"]+)"|"([^"]+)"|(?<=^|\s)-([^\s"]+)|([^\s"]+)/gu

/** What a query asks of a text, cut by the tokeniser of the index. A query that says nothing asks for nothing. */
export function wantedWords(q: string): WantedWords {
  const folded = foldText(q).replace(/[“”„「」『』«»]/g, '"')
  const parts = [...folded.matchAll(PART)]
  const group = (index: number) => parts.flatMap((part) => part[index]?.trim() ?? []).filter(saysSomething)
  const [excludedPhrases, phrases, excluded, words] = [group(1), group(2), group(3), group(4)]
  const required = wordsOf([...words, ...phrases].join(' '))
  return {
    required,
    // A lone letter or a particle is no word of the index: it is looked for literally.
    phrases: required.length === 0 ? [...phrases, ...words] : phrases,
    excluded: excluded.map(wordsOf).filter((each) => each.length > 0),
    excludedPhrases,
  }
}

/** Every word by which a listing is found; single characters count where everybody may read them. */
export function wordsOfListing({ teaser, body }: { teaser: string; body: string }): Set<string> {
  return new Set([...tokenizeForIndex(teaser), ...tokenizeForIndex(body), ...hanUnigrams(teaser)])
}

function wordsOf(text: string): string[] {
  const words = tokenizeQuery(text)
  return words.filter((word) => !isMadeOfOthers(word, words))
}

/** 锂电池 is made of 锂电 and 电池: every text with the long word has the short ones, but not the other way round. */
function isMadeOfOthers(word: string, words: readonly string[]): boolean {
  const isCovered = Array.from(word, () => false)
  for (const other of words.filter(({ length }) => length < word.length)) {
    for (let at = word.indexOf(other); at >= 0; at = word.indexOf(other, at + 1)) {
      isCovered.fill(true, at, at + other.length)
    }
  }
  return isCovered.every(Boolean)
}

function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}
