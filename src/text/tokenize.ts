import { foldText } from './fold.ts'
import { jieba } from './jieba.ts'
import { STOP_WORDS } from './stop-words.ts'

/** Longer runs are encoded files and hashes; both sides are cut alike, so they still find each other. */
const MAX_TOKEN_LENGTH = 64
/** A description of 20,000 characters has some 12,000 words, and its first third names the technology. */
const MAX_INDEX_TOKENS = 4000
const MAX_QUERY_TOKENS = 64

/**
 * The words of a text for an index, in order and with repetitions: every dictionary word inside a long
 * word too, so that "磷酸铁锂电池" is found by "电池". Never fails, whatever the text holds.
 */
export function tokenizeForIndex(text: string): string[] {
  return cut(text, MAX_INDEX_TOKENS)
}

/** The distinct words of a query, cut as the index was. A query of nothing but grammar has none. */
export function tokenizeQuery(text: string): string[] {
  return [...new Set(cut(text, MAX_INDEX_TOKENS))].slice(0, MAX_QUERY_TOKENS)
}

function cut(text: string, limit: number): string[] {
  const folded = foldText(text)
  if (folded === '') return []
  return jieba().cutForSearch(folded, true).filter(isWord).slice(0, limit).map(shorten)
}

function isWord(token: string): boolean {
  return /[\p{L}\p{N}]/u.test(token) && !/^\p{Script=Latin}$/u.test(token) && !STOP_WORDS.has(token)
}

/** By code point, never through the middle of a surrogate pair. */
function shorten(token: string): string {
  return token.length <= MAX_TOKEN_LENGTH ? token : [...token].slice(0, MAX_TOKEN_LENGTH).join('')
}
