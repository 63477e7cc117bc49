import { type FoldedText, spell } from './folded-text.ts'

/** Half-open, in UTF-16 code units of the text as it is stored. */
export type Place = { start: number; end: number }

/** Letters and digits that are no Chinese characters: next to another of them no word begins or ends. */
const IN_WORD = /^(?!\p{Script=Han})[\p{L}\p{N}]$/u

/**
 * Where a term stands in a text, first places first, none within another. A term may be spelt otherwise there ("ＰＶＣ", "㎡");
 * what is told always spells the term and nothing more.
 */
export function findSpans(term: string, text: string, { plain, starts, ends }: FoldedText, most: number): Place[] {
  const found: Place[] = []
  if (term === '') return found
  for (let at = plain.indexOf(term); at >= 0 && found.length < most; ) {
    const behind = at + term.length
    const [start = -1, end = -1] = [starts[at], ends[behind - 1]]
    const isWhole = start >= 0 && end >= 0 && isEdge(plain, at) && isEdge(plain, behind)
    // Characters normalised one by one can come out otherwise than side by side; then it is not this term.
    const isFound = isWhole && spell(text.slice(start, end)) === term
    if (isFound) found.push({ start, end })
    at = plain.indexOf(term, isFound ? behind : at + 1)
  }
  return found
}

/** Whether a word may begin or end here. */
function isEdge(plain: string, at: number): boolean {
  return !(IN_WORD.test(characterBefore(plain, at)) && IN_WORD.test(characterAt(plain, at)))
}

function characterAt(plain: string, at: number): string {
  const code = plain.codePointAt(at)
  return code === undefined ? '' : String.fromCodePoint(code)
}

function characterBefore(plain: string, at: number): string {
  const isPair = at >= 2 && /^[\ud800-\udbff][\udc00-\udfff]$/.test(plain.slice(at - 2, at))
  return plain.slice(at - (isPair ? 2 : 1), at)
}
