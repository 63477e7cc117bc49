import type { SearchDocument, SearchScope } from '../../ports/search-engine.ts'
import { pinyinSpeller } from '../../text/pinyin.ts'
import { bothScopes, type Connection, settle } from './meilisearch-connection.ts'
import { type StoredDocument, toStoredDocument, toTeaserDocument } from './meilisearch-document.ts'
import { anyValue } from './meilisearch-filter.ts'

/** Some 20 MB of JSON at the most, and far below the server's limit of 100 MB. */
const BATCH_SIZE = 1_000

type Uids = Connection['uids']

/**
 * Writes documents and returns when they are searchable. Meilisearch keeps what arrives last, so versions are compared before:
 * an older one than the stored is skipped. Two writers at the same moment can still overtake each other; the index job looks
 * at the database again after writing, and the checker finds the rest.
 */
export async function upsertDocuments(
  connection: Connection,
  uids: Uids,
  documents: readonly SearchDocument[],
): Promise<void> {
  const newest = newestOfEach(documents)
  const spell = await pinyinSpeller()
  for (let start = 0; start < newest.length; start += BATCH_SIZE) {
    const batch = newest.slice(start, start + BATCH_SIZE)
    const stored = await storedVersions(
      connection,
      uids,
      batch.map(({ listingId }) => listingId),
    )
    const fresh = batch.filter(({ listingId, version }) => version >= (stored.get(listingId) ?? 0))
    await writeBatch(
      connection,
      uids,
      fresh.map((document) => toStoredDocument(document, spell)),
    )
  }
}

async function writeBatch(connection: Connection, uids: Uids, documents: StoredDocument[]): Promise<void> {
  if (documents.length === 0) return
  const write = (scope: SearchScope) => {
    const kept = scope === 'member' ? documents : documents.map(toTeaserDocument)
    return settle(connection, connection.client.index(uids[scope]).addDocuments(kept, { primaryKey: 'listingId' }))
  }
  await Promise.all(bothScopes.map(write))
}

export async function removeDocuments(connection: Connection, uids: Uids, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += BATCH_SIZE) {
    const batch = ids.slice(start, start + BATCH_SIZE)
    const remove = (scope: SearchScope) =>
      settle(connection, connection.client.index(uids[scope]).deleteDocuments(batch))
    await Promise.all(bothScopes.map(remove))
  }
}

/** Of both indexes the lower version, so that a write that reached only one of them is made again. */
async function storedVersions(connection: Connection, uids: Uids, ids: string[]): Promise<Map<string, number>> {
  const [member, teaser] = await Promise.all(
    bothScopes.map(async (scope) => {
      const { results } = await connection.client
        .index<StoredDocument>(uids[scope])
        .getDocuments({ filter: anyValue('listingId', ids), fields: ['listingId', 'version'], limit: ids.length })
      return new Map(results.map(({ listingId, version }) => [listingId, version]))
    }),
  )
  return new Map([...(member ?? [])].map(([id, version]) => [id, Math.min(version, teaser?.get(id) ?? 0)]))
}

function newestOfEach(documents: readonly SearchDocument[]): SearchDocument[] {
  const newest = new Map<string, SearchDocument>()
  for (const document of documents) {
    const known = newest.get(document.listingId)
    if (known === undefined || known.version <= document.version) newest.set(document.listingId, document)
  }
  return [...newest.values()]
}
