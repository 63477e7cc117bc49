import { simplify } from './traditional.ts'

/** Control and format characters (zero-width space, direction marks) and the soft hyphen; not white space. */
const INVISIBLE = /(?!\s)[\p{Cc}\p{Cf}]/gu
const LONE_SURROGATE = /\p{Cs}/gu

/**
 * The one spelling in which texts are compared, at index and at query time alike: full-width forms
 * become plain, letters lower case, traditional characters simplified, white space one blank, and what no reader sees is gone. PostgreSQL
 * refuses NUL and JSON encoders choke on lone surrogates, so nothing of that kind survives either.
 * Folding a folded text changes nothing.
 */
export function foldText(text: string): string {
  const plain = text
    .replace(LONE_SURROGATE, '')
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim()
  return simplify(plain)
}
