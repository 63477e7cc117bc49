import type { IndexSwap } from 'meilisearch'
import type { IndexWriter } from '../../ports/search-index.ts'
import { bothScopes, type Connection, MeilisearchTaskFailed, settle } from './meilisearch-connection.ts'
import { indexSettings } from './meilisearch-settings.ts'
import { unlessMissing, writeState } from './meilisearch-state.ts'
import { listVersions } from './meilisearch-versions.ts'
import { removeDocuments, upsertDocuments } from './meilisearch-write.ts'

/** A rebuild writes every few seconds; one that has been silent for so long was killed. */
const SILENT_MS = 10 * 60_000

/**
 * Builds both indexes anew beside those in use and puts them in their place in one step, so that every search meets a whole
 * index. The new ones are `<name>_<n>`. When `fill` throws, what is in use stays. One rebuild at a time.
 */
export async function rebuildIndexes(
  connection: Connection,
  fill: (target: IndexWriter) => Promise<void>,
): Promise<void> {
  const { uids } = connection
  const known = await knownIndexes(connection)
  const running = known.find(({ isAlive }) => isAlive)
  if (running) throw new MeilisearchTaskFailed(`another rebuild has just written ${running.uid}`)
  const number = 1 + Math.max(0, ...known.map((index) => index.number))
  const target = { member: `${uids.member}_${number}`, teaser: `${uids.teaser}_${number}` }
  await dropIndexes(
    connection,
    known.map(({ uid }) => uid),
  )
  for (const scope of bothScopes) await makeIndex(connection, target[scope])
  try {
    await fill(writerOf(connection, target))
    await putInPlace(connection, target)
  } catch (error) {
    // What cannot be deleted now is deleted by the next rebuild; the failure itself is what matters.
    await Promise.allSettled(Object.values(target).map((uid) => dropIndexes(connection, [uid])))
    throw error
  }
}

/** Whether somebody is at it. */
export async function isBeingRebuilt(connection: Connection): Promise<boolean> {
  return (await knownIndexes(connection)).some(({ isAlive }) => isAlive)
}

function writerOf(connection: Connection, target: Connection['uids']): IndexWriter {
  return {
    upsert: (documents) => upsertDocuments(connection, target, documents),
    remove: (ids) => removeDocuments(connection, target, ids),
    listVersions: (page) => listVersions(connection, target, page),
  }
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

/** The indexes of rebuilds that run or were killed. */
async function knownIndexes({ client, uids, clock }: Connection) {
  const { results } = await client.getRawIndexes({ limit: 1_000 })
  const now = clock.now().getTime()
  return results.flatMap(({ uid, updatedAt }) => {
    const number = Number(uid.slice(uid.lastIndexOf('_') + 1))
    const isOurs = [uids.member, uids.teaser].some((name) => uid === `${name}_${number}`)
    return isOurs ? [{ uid, number, isAlive: now - Date.parse(updatedAt) < SILENT_MS }] : []
  })
}
