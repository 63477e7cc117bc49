import type { SearchDocument } from '../../ports/search-engine.ts'
import { foldText } from '../../text/fold.ts'
import { foldPinyin, type Speller } from '../../text/pinyin.ts'
import type { Connection } from './meilisearch-connection.ts'

type Suggestion = { text: string; isWritten: boolean; count: number }

const LONGEST_PREFIX = 100
/** The server keeps 468 bytes of a value; with this much of a text the separator is always among them. */
const LONGEST_TEXT = 60
/** Between the spelling by which a value is found and the text that is suggested. */
const SEPARATOR = ' | '

/** One value for each spelling of what may be suggested: as written, in full pinyin, in initials. */
export function suggestionsOf({ title, orgName, keywords }: SearchDocument, spell: Speller): string[] {
  const values = [...new Set([...keywords, orgName, title])].flatMap((text) => {
    const folded = shorten(foldText(text))
    if (folded === '') return []
    const written = text
      .replace(/[\0\uE000\uE001]|\p{Cs}/gu, '')
      .replace(/\s+/gu, ' ')
      .trim()
    const spelling = spell(text)
    const sounds = spelling ? [spelling.full, spelling.initials].map(shorten) : []
    return [folded, ...new Set(sounds)].map((key) => `${key}${SEPARATOR}${written}`)
  })
  return [...new Set(values)]
}

/** Keywords, organisations and titles that begin with the prefix or sound so; as written first, then the most frequent. */
export async function suggestTexts(connection: Connection, prefix: string, limit: number): Promise<string[]> {
  const folded = foldText(prefix.slice(0, LONGEST_PREFIX))
  if (folded === '') return []
  const sound = foldPinyin(folded)
  const isTyped = sound !== '' && sound !== folded && !/\p{Script=Han}/u.test(folded)
  const found = await Promise.all([folded, ...(isTyped ? [sound] : [])].map((key) => valuesOf(connection, key)))
  const best = new Map<string, Suggestion>()
  for (const suggestion of found.flat()) {
    const isWritten = foldText(suggestion.text).startsWith(folded)
    const known = best.get(suggestion.text)
    best.set(suggestion.text, { ...suggestion, isWritten, count: Math.max(suggestion.count, known?.count ?? 0) })
  }
  return [...best.values()]
    .sort(byWorth)
    .slice(0, limit)
    .map(({ text }) => text)
}

async function valuesOf(connection: Connection, key: string): Promise<Suggestion[]> {
  const { facetHits } = await connection.client
    .index(connection.uids.teaser)
    .searchForFacetValues(
      { facetName: 'suggestions', facetQuery: key },
      { signal: AbortSignal.timeout(connection.timeoutMs) },
    )
  return facetHits.flatMap(({ value, count }) => {
    const at = value.indexOf(SEPARATOR)
    // The server forgives slips, which would complete to something else.
    return value.startsWith(key) && at > 0
      ? [{ text: value.slice(at + SEPARATOR.length), isWritten: false, count }]
      : []
  })
}

function byWorth(a: Suggestion, b: Suggestion): number {
  if (a.isWritten !== b.isWritten) return a.isWritten ? -1 : 1
  return b.count - a.count || a.text.length - b.text.length || (a.text < b.text ? -1 : 1)
}

function shorten(text: string): string {
  return [...text].slice(0, LONGEST_TEXT).join('')
}
