import type { IndexSwap } from 'meilisearch'
import { addDays } from '../../kernel/clock.ts'
import type { IndexWriter } from '../../ports/search-index.ts'
import { bothScopes, type Connection, MeilisearchTaskFailed, settle } from './meilisearch-connection.ts'
import { indexSettings } from './meilisearch-settings.ts'
import { unlessMissing, writeState } from './meilisearch-state.ts'
import { listVersions } from './meilisearch-versions.ts'
import { removeDocuments, upsertDocuments } from './meilisearch-write.ts'

/** A rebuild that has not ended after a day never will. */
const LEFTOVER_DAYS = 1

/**
 * Builds both indexes anew beside those in use and puts them in their place in one step, so that every search meets a whole
 * index. The new ones are `<name>_<n>`; a second rebuild at the same time fails at the name. When `fill` throws, what is in
 * use stays.
 */
export async function rebuildIndexes(
  connection: Connection,
  fill: (target: IndexWriter) => Promise<void>,
): Promise<void> {
  const known = await knownIndexes(connection)
  const number = 1 + Math.max(0, ...known.map(({ number }) => number))
  const target = { member: `${connection.uids.member}_${number}`, teaser: `${connection.uids.teaser}_${number}` }
  await dropIndexes(
    connection,
    known.filter(({ isLeftover }) => isLeftover).map(({ uid }) => uid),
  )
  for (const scope of bothScopes) await makeIndex(connection, target[scope])
  await fill({
    upsert: (documents) => upsertDocuments(connection, target, documents),
    remove: (ids) => removeDocuments(connection, target, ids),
    listVersions: (page) => listVersions(connection, target, page),
  })
  await putInPlace(connection, target)
}

async function makeIndex(connection: Connection, uid: string): Promise<void> {
  const { client, embedder } = connection
  await settle(connection, client.createIndex(uid, { primaryKey: 'listingId' }))
  await settle(connection, client.index(uid).updateSettings(indexSettings(embedder)))
}

/** Both must exist to be swapped. An empty one without settings answers no search of ours: its filters are refused. */
async function putInPlace(connection: Connection, target: Connection['uids']): Promise<void> {
  const { client, uids } = connection
  for (const scope of bothScopes) {
    await assertSettings(connection, target[scope])
    const current = await unlessMissing(client.getRawIndex(uids[scope]))
    if (current === undefined) await settle(connection, client.createIndex(uids[scope], { primaryKey: 'listingId' }))
  }
  // Servers before 1.18 refuse the member `rename` that the client's type wants.
  const pairs = bothScopes.map((scope) => ({ indexes: [uids[scope], target[scope]] }) as IndexSwap)
  await settle(connection, client.swapIndexes(pairs))
  await writeState(connection)
  await dropIndexes(connection, Object.values(target))
}

/** A write to an index that was deleted meanwhile makes it again, without settings. */
async function assertSettings({ client }: Connection, uid: string): Promise<void> {
  const settings = await unlessMissing(client.index(uid).getSettings())
  if (settings?.sortableAttributes?.includes('publishedMs')) return
  throw new MeilisearchTaskFailed(`the new index ${uid} was lost while it was built`)
}

async function dropIndexes(connection: Connection, uids: readonly string[]): Promise<void> {
  for (const uid of uids) await settle(connection, connection.client.deleteIndex(uid))
}

async function knownIndexes({ client, uids, clock }: Connection) {
  const { results } = await client.getRawIndexes({ limit: 1_000 })
  const oldest = addDays(clock.now(), -LEFTOVER_DAYS).toISOString()
  return results.flatMap(({ uid, createdAt }) => {
    const number = Number(uid.slice(uid.lastIndexOf('_') + 1))
    const isOurs = [uids.member, uids.teaser].some((name) => uid === `${name}_${number}`)
    return isOurs ? [{ uid, number, isLeftover: createdAt < oldest }] : []
  })
}
