import { foldText } from '../../text/fold.ts'
import type { documentsOf } from '../search/index.ts'
import { ancestorsOf } from '../taxonomy/index.ts'
import type { ListingFacts } from './domain/saved-query.ts'
import { wordsOfListing } from './wanted-words.ts'

export type IndexedListing = Awaited<ReturnType<typeof documentsOf>>[number]

/** What saved searches ask of a listing, from what the index keeps of it. `markets` are its own and those above. */
export function listingFacts(document: IndexedListing, markets: readonly string[]): ListingFacts {
  const { title, keywords, orgName, summary, body, qualifications } = document
  const teaser = [title, ...keywords, orgName, summary].join('\n')
  const ladders = qualifications.flatMap((code) => [
    code,
    ...ancestorsOf('qualification-types', code).map((term) => term.code),
  ])
  return {
    ...document,
    markets,
    words: wordsOfListing({ teaser, body }),
    text: foldText(`${teaser}\n${body}`),
    qualifications: [...new Set(ladders)],
  }
}
