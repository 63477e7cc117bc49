import { hanUnigrams } from '../../text/characters.ts'
import { readQueryParts, saysSomething, withoutCompounds } from '../../text/query-parts.ts'
import { tokenizeForIndex, tokenizeQuery } from '../../text/tokenize.ts'
import type { WantedWords } from './domain/saved-query.ts'

/** What a query asks of a text, cut by the tokeniser of the index. A query that says nothing asks for nothing. */
export function wantedWords(q: string): WantedWords {
  const parts = readQueryParts(q)
  const words = parts.words.filter(saysSomething)
  const phrases = parts.phrases.filter(saysSomething)
  const required = wordsOf([...words, ...phrases].join(' '))
  return {
    required,
    // A lone letter or a particle is no word of the index: it is looked for literally.
    phrases: required.length === 0 ? [...phrases, ...words] : phrases,
    excluded: parts.excluded.map(wordsOf).filter((each) => each.length > 0),
    excludedPhrases: parts.excludedPhrases.filter(saysSomething),
  }
}

/** Every word by which a listing is found; single characters count where everybody may read them. */
export function wordsOfListing({ teaser, body }: { teaser: string; body: string }): Set<string> {
  return new Set([...tokenizeForIndex(teaser), ...tokenizeForIndex(body), ...hanUnigrams(teaser)])
}

function wordsOf(text: string): string[] {
  return withoutCompounds(tokenizeQuery(text))
}
