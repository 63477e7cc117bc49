import { hanUnigrams } from '../../text/characters.ts'
import { foldText } from '../../text/fold.ts'

const LONGEST_CODE = 64
const LISTING_ID = /(?<![a-z0-9])[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}(?![a-z0-9])/g
const CODE_RUN = /[a-z0-9][a-z0-9./-]*[a-z0-9]/g
/** Fewer digits are years, sizes and product names, which words find better. */
const LEAST_DIGITS = 6

export type Code = { written: string; lexeme: string }

/**
 * Patent numbers, IPC symbols, file numbers and listing ids, which a dictionary would cut at every sign. The lexeme is the
 * code without signs and without the prefixes ZL and CN, so that 201710601862.3 is found as ZL2017106018623 too.
 */
export function codesIn(text: string): Code[] {
  const folded = foldText(text)
  const ids = folded.match(LISTING_ID) ?? []
  const runs = folded.replace(LISTING_ID, ' ').match(CODE_RUN) ?? []
  const codes = runs.filter((run) => run.length <= LONGEST_CODE && (run.match(/\d/g)?.length ?? 0) >= LEAST_DIGITS)
  return [
    ...ids.map((id) => ({ written: id, lexeme: id })),
    ...codes.map((written) => ({ written, lexeme: written.replace(/[./-]/g, '').replace(/^(?:zl|cn)(?=\d)/, '') })),
  ]
}

/** What a code is also searched as: an application number of 2003 and later without its check digit. */
export function codeLexemes(text: string): string[] {
  return codesIn(text).flatMap(({ lexeme }) =>
    /^\d{12}[\dx]$/.test(lexeme) ? [lexeme, lexeme.slice(0, 12)] : [lexeme],
  )
}

/** Chinese characters and lone Latin letters, so that a query of one character finds the words that hold it. */
export function singleCharacters(text: string): string[] {
  return [...new Set([...hanUnigrams(text), ...(foldText(text).match(/(?<![a-z0-9])[a-z](?![a-z0-9])/g) ?? [])])]
}
