import { foldText } from '../../text/fold.ts'
import { readQueryParts, saysSomething, withoutCompounds } from '../../text/query-parts.ts'
import { type SynonymGroups, synonymVariants } from '../../text/synonyms.ts'
import { tokenizeQuery } from '../../text/tokenize.ts'
import { codesIn, singleCharacters } from './postgres-words.ts'

/** Lexemes of a text: those a document has to have, and all of them. */
type Lexemes = { required: string[]; wanted: string[] }

/** What a person typed, taken apart. */
export type QueryText = {
  /** Lexemes that a document has to have; a long word counts as its parts. */
  required: string[]
  /** All lexemes of the query, long words as well: the more a document has, the better. */
  wanted: string[]
  /** Folded texts that a document has to hold literally. */
  phrases: string[]
  /** Each is refused when a document has all of its lexemes. */
  excluded: string[][]
  excludedPhrases: string[]
  /** The folded query without operators, for literal and similar names. */
  literal: string
  /** The same without phrases, which are meant literally. */
  words: string
  /** Lexemes of patent numbers and other codes of the query. */
  codes: string[]
  /** The query in other words: synonyms and corrected slips. A document that fulfils one of them fulfils the query. */
  variants: Lexemes[]
}

const LONGEST_QUERY = 1_000
const MOST_EXCLUSIONS = 10
const MOST_PHRASES = 5

/** Reads a query. Never fails: what means nothing is left out. */
export function readQueryText(q: string): QueryText {
  const { words, phrases, excluded, excludedPhrases } = readQueryParts(q.slice(0, LONGEST_QUERY))
  const literal = [...words, ...phrases].join(' ')
  const { required, wanted } = lexemesOf(literal)
  const refused = excluded.map((word) => lexemesOf(word).required)
  return {
    required,
    wanted,
    literal,
    words: words.join(' '),
    codes: codesIn(literal).map(({ lexeme }) => lexeme),
    variants: [],
    phrases: phrases.filter(saysSomething).slice(0, MOST_PHRASES),
    excluded: refused.filter((lexemes) => lexemes.length > 0).slice(0, MOST_EXCLUSIONS),
    excludedPhrases: excludedPhrases.filter(saysSomething).slice(0, MOST_EXCLUSIONS),
  }
}

/** The query with its variants. `corrected` are its words without slips, when it had some. */
export function withVariants(
  text: QueryText,
  { corrected, synonyms }: { corrected: string | undefined; synonyms: SynonymGroups | undefined },
): QueryText {
  const meant = corrected ?? text.words
  const spellings = [...(corrected === undefined ? [] : [corrected]), ...synonymVariants(meant, synonyms)]
  const variants = spellings.map((spelling) => lexemesOf([spelling, ...text.phrases].join(' ')))
  return { ...text, variants: variants.filter(({ required }) => required.length > 0) }
}

/** Words and codes of a text; where there is none, its single characters. */
function lexemesOf(text: string): Lexemes {
  const codes = codesIn(text)
  const rest = codes.reduce((left, { written }) => left.replace(written, ' '), foldText(text))
  const words = tokenizeQuery(rest)
  const found = [...new Set([...codes.map(({ lexeme }) => lexeme), ...words])]
  if (found.length === 0) {
    const characters = singleCharacters(text)
    return { required: characters, wanted: characters }
  }
  const needed = withoutCompounds(found, words)
  const implied = (word: string) => needed.some((other) => other.length > word.length && other.includes(word))
  return { required: needed.filter((word) => !words.includes(word) || !implied(word)), wanted: found }
}
