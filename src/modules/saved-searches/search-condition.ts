import type { Db } from '../../db/client.ts'
import { invalidField } from '../../kernel/errors.ts'
import { findMarket } from '../markets/index.ts'
import { lookupKeyOf } from './domain/lookup-key.ts'
import type { SavedQuery, WantedWords } from './domain/saved-query.ts'
import { countDocumentsWith } from './term-view.ts'
import { wantedWords } from './wanted-words.ts'

export type SearchCondition = { query: SavedQuery; words: WantedWords; key: string }

/** A query with what is worked out of it once, so that no listing has to. @throws VALIDATION_FAILED for an unknown market. */
export async function searchCondition(db: Db, query: SavedQuery): Promise<SearchCondition> {
  if (query.market !== undefined && (await findMarket(db, query.market)) === undefined) {
    throw invalidField('#/query/market', 'unknown_market', 'is no market; see /v1/markets')
  }
  const words = wantedWords(query.q ?? '')
  return { query, words, key: lookupKeyOf({ query, words }, await countDocumentsWith(db, words.required)) }
}
