import type { IndexedVersion } from '../../ports/search-engine.ts'
import type { Connection } from './meilisearch-connection.ts'
import { idKeys, type StoredDocument } from './meilisearch-document.ts'

/** What the index holds, in the order of UUIDs. */
export async function listVersions(
  { client }: Connection,
  uids: Connection['uids'],
  { after, limit }: { after?: string; limit: number },
): Promise<IndexedVersion[]> {
  const { hits } = await client.index<StoredDocument>(uids.member).search('', {
    ...{ limit, attributesToRetrieve: ['listingId', 'version'], sort: ['idHead:asc', 'idTail:asc'] },
    ...(after === undefined ? {} : { filter: [isBehind(after)] }),
  })
  return hits.map(({ listingId, version }) => ({ listingId, version }))
}

/** Documents whose UUID is greater. */
export function isBehind(listingId: string): string {
  const { idHead, idTail } = idKeys(listingId)
  return `(idHead > ${idHead} OR (idHead = ${idHead} AND idTail > ${idTail}))`
}
