import { idToUuid } from '../../kernel/ids.ts'
import type { SearchDocument } from '../../ports/search-engine.ts'
import { foldText } from '../../text/fold.ts'
import type { Speller } from '../../text/pinyin.ts'
import { tokenizeForIndex } from '../../text/tokenize.ts'
import { suggestionsOf } from './meilisearch-suggestions.ts'
import { codeLexemes, singleCharacters } from './postgres-words.ts'

/** A document as Meilisearch keeps it: texts, the words in them, and every filter as values that equality finds. */
export type StoredDocument = ReturnType<typeof toStoredDocument>

/** Beyond every amount and day; exact as a double, which is how Meilisearch keeps numbers. */
const LAST = Number.MAX_SAFE_INTEGER
/** As far as words are indexed (tokenize.ts cuts at 4,000). */
const LONGEST_BODY = 24_000

/**
 * Texts are searched in their folded spelling, title and summary shown as written. The words are those that PostgreSQL
 * indexes: Meilisearch alone would not find 电池 inside 磷酸铁锂电池.
 */
export function toStoredDocument(document: SearchDocument, spell: Speller) {
  const { listingId, orgName, keywords, ipc, industries, region, trustCode, publishedAt } = document
  const names = [...keywords, orgName]
  const body = document.body.slice(0, LONGEST_BODY)
  return {
    ...{ listingId, version: document.version, kind: document.kind, market: document.market },
    ...{ title: storable(document.title), summary: storable(document.summary) },
    ...{ titleText: foldText(document.title), titleWords: wordsOf(document.title) },
    owner: foldText(orgName),
    ...{ nameTexts: names.map(foldText), nameWords: wordsOf(names.join('\n')) },
    ...{ summaryText: foldText(document.summary), summaryWords: wordsOf(document.summary) },
    ...{ bodyText: foldText(body), bodyWords: wordsOf(body), bodyCodes: codeLexemes(body) },
    codes: [foldText(listingId), ...codeLexemes([document.title, ...names, document.summary, ...ipc].join('\n'))],
    suggestions: suggestionsOf(document, spell),
    ...{ fields: document.fields, industries, modes: document.cooperationModes, trust: trustCode },
    industryPrefixes: industries.flatMap(prefixesOf),
    ipcPrefixes: [...new Set(ipc.flatMap(prefixesOf))],
    prefecture: region?.slice(0, 4) ?? null,
    regionPrefixes: region === null ? [] : prefixesOf(region),
    ...rangesOf(document),
    trustRank: trustCode === 'green' ? 1 : 0,
    ...{ qualifications: document.qualifications, publishedMs: publishedAt.getTime(), ...idKeys(listingId) },
  }
}

/** The same without the text that only members may search. */
export function toTeaserDocument(document: StoredDocument) {
  const { bodyText: _text, bodyWords: _words, bodyCodes: _codes, ...teaser } = document
  return teaser
}

/** Ranges as two ends that comparisons overlap; what has no value has no end either and is in no range. */
function rangesOf({ trlMin, trlMax, priceMinFen, priceMaxFen, deadline }: SearchDocument) {
  const lowest = trlMin ?? trlMax
  const highest = trlMax ?? trlMin
  const hasPrice = priceMinFen !== null || priceMaxFen !== null
  return {
    trlFrom: lowest === null ? null : (trlMin ?? 1),
    trlTo: lowest === null ? null : (trlMax ?? 9),
    trlLevels:
      lowest === null || highest === null
        ? []
        : Array.from({ length: Math.max(0, highest - lowest + 1) }, (_, index) => lowest + index),
    priceFrom: hasPrice ? (priceMinFen ?? 0) : null,
    priceTo: hasPrice ? (priceMaxFen ?? LAST) : null,
    priceKey: priceMinFen ?? priceMaxFen ?? LAST,
    deadlineKey: deadline === null ? LAST : Date.parse(deadline),
  }
}

/**
 * The UUID as two numbers that sort like it, because older servers compare no strings: the 48 bits of a UUIDv7's time, and
 * 52 bits behind the version. Documents that are equal in both do not happen.
 */
export function idKeys(listingId: string): { idHead: number; idTail: number } {
  const digits = idToUuid(listingId).replaceAll('-', '')
  return { idHead: Number.parseInt(digits.slice(0, 12), 16), idTail: Number.parseInt(digits.slice(13, 26), 16) }
}

/** Every beginning, so that a hierarchical code is found by equality. */
function prefixesOf(code: string): string[] {
  return Array.from({ length: code.length }, (_, index) => code.slice(0, index + 1))
}

function wordsOf(text: string): string {
  return [...new Set([...tokenizeForIndex(text), ...singleCharacters(text)])].join(' ')
}

/** One half of a surrogate pair makes the server refuse the whole batch; U+E000 and U+E001 mark highlights. */
function storable(text: string): string {
  return text.replace(/[\0\uE000\uE001]|\p{Cs}/gu, '')
}
