import type { Db } from '../../db/client.ts'
import type { SearchEngine } from '../../ports/search-engine.ts'
import { searchDocuments } from './postgres-search.ts'
import { suggestTexts } from './postgres-suggest.ts'
import { removeDocuments, upsertDocuments } from './postgres-upsert.ts'
import { listVersions } from './postgres-versions.ts'

/** Search without another server: jieba words in a tsvector, trigrams for misspelt names. */
export function postgresSearchEngine({ db }: { db: Db }): SearchEngine {
  return {
    upsert: (documents) => upsertDocuments(db, documents),
    remove: (listingIds) => removeDocuments(db, listingIds),
    search: (query) => searchDocuments(db, query),
    suggest: (prefix, limit) => suggestTexts(db, prefix, limit),
    listVersions: (page) => listVersions(db, page),
  }
}
