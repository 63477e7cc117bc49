import type { SearchDocument } from '../../ports/search-engine.ts'
import { foldText } from '../../text/fold.ts'
import { tokenizeForIndex } from '../../text/tokenize.ts'
import { codeLexemes, singleCharacters } from './postgres-words.ts'

/** PostgreSQL keeps no position beyond 16,383 and 256 a lexeme; weights are what ranking reads. */
const LAST_POSITION = 16_383
const MOST_POSITIONS = 16
/** Marks the whole name of an organisation. No word starts with it. */
const WHOLE = '='
const LONGEST_WHOLE = 100

export type Weight = 'A' | 'B' | 'C' | 'D'

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
    wholeLexeme(orgName),
  ])
  return [...lexemes].map(quoteLexeme).join(' ')
}

/**
 * Every lexeme of the public texts: title (A), keywords and organisation (B), summary (C) with their weights, and what
 * is searched but says little of the contents (D).
 */
export function rankVector({ listingId, title, summary, keywords, orgName, ipc }: SearchDocument): string {
  const weighted: [Weight, string][] = [
    ['A', title],
    ['B', [...keywords, orgName].join('\n')],
    ['C', summary],
  ]
  const lexemes = weighted.flatMap(([weight, text]) => {
    const characters = weight === 'A' ? singleCharacters(text) : []
    return [...tokenizeForIndex(text), ...codeLexemes(text), ...characters].map((lexeme) => ({ lexeme, weight }))
  })
  const others = [...singleCharacters([summary, orgName, ...keywords].join('\n')), ...codeLexemes(ipc.join('\n'))]
  const weightless = [...others, foldText(listingId), wholeLexeme(orgName)]
  return withPositions([...lexemes, ...weightless.map((lexeme) => ({ lexeme, weight: 'D' as const }))])
}

function withPositions(lexemes: readonly { lexeme: string; weight: Weight }[]): string {
  const positions = new Map<string, string[]>()
  lexemes.forEach(({ lexeme, weight }, index) => {
    const known = positions.get(lexeme) ?? []
    if (known.length < MOST_POSITIONS) {
      positions.set(lexeme, [...known, `${Math.min(index + 1, LAST_POSITION)}${weight}`])
    }
  })
  return [...positions].map(([lexeme, places]) => `${quoteLexeme(lexeme)}:${places.join(',')}`).join(' ')
}

/** The lexeme of the whole name of an organisation. */
export function wholeLexeme(text: string): string {
  return WHOLE + [...foldText(text)].slice(0, LONGEST_WHOLE).join('')
}

/** A lexeme inside the text form of a tsvector or tsquery. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
