import type { SearchDocument } from '../../ports/search-engine.ts'
import { foldText } from '../../text/fold.ts'
import { tokenizeForIndex } from '../../text/tokenize.ts'
import { codeLexemes, singleCharacters } from './postgres-words.ts'

/** PostgreSQL keeps no position beyond 16,383 and 256 a lexeme; weights are what ranking reads. */
const LAST_POSITION = 16_383
const MOST_POSITIONS = 16
/** Marks a whole keyword or title, which suggestions find by its beginning. No word starts with it. */
const WHOLE = '='
const LONGEST_WHOLE = 40

export type Weight = 'A' | 'B' | 'C'

/** Every lexeme by which a document is found, as the text of a tsvector without positions. */
export function matchVector(document: SearchDocument): string {
  const { listingId, title, summary, body, keywords, orgName, ipc } = document
  const teaser = [title, ...keywords, orgName, summary].join('\n')
  const lexemes = new Set([
    ...tokenizeForIndex(teaser),
    ...tokenizeForIndex(body),
    ...singleCharacters(teaser),
    ...codeLexemes([teaser, body, ...ipc].join('\n')),
    foldText(listingId),
    ...[title, orgName, ...keywords].map(wholeLexeme),
  ])
  return [...lexemes].map(quoteLexeme).join(' ')
}

/** The words of title, keywords, organisation and summary with their weights. */
export function rankVector({ title, summary, keywords, orgName }: SearchDocument): string {
  const weighted: [Weight, string][] = [
    ['A', title],
    ['B', [...keywords, orgName].join('\n')],
    ['C', summary],
  ]
  const positions = new Map<string, string[]>()
  let position = 0
  for (const [weight, text] of weighted) {
    const characters = weight === 'A' ? singleCharacters(text) : []
    for (const lexeme of [...tokenizeForIndex(text), ...codeLexemes(text), ...characters]) {
      position = Math.min(position + 1, LAST_POSITION)
      const known = positions.get(lexeme) ?? []
      if (known.length < MOST_POSITIONS) positions.set(lexeme, [...known, `${position}${weight}`])
    }
  }
  return [...positions].map(([lexeme, places]) => `${quoteLexeme(lexeme)}:${places.join(',')}`).join(' ')
}

/** The lexeme of a whole keyword, title or organisation name, or of its beginning. */
export function wholeLexeme(text: string): string {
  return WHOLE + [...foldText(text)].slice(0, LONGEST_WHOLE).join('')
}

/** A lexeme inside the text form of a tsvector or tsquery. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
