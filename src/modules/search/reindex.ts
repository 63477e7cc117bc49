import type { Id } from '../../kernel/ids.ts'
import type { IndexWriter, SearchIndex } from '../../ports/search-index.ts'
import type { ListingId } from '../listings/index.ts'
import { type CheckedIndex, checkIndex } from './check-index.ts'
import { type IndexDeps, indexListings } from './index-listing.ts'
import { listPublishedVersions } from './published-view.ts'

/** The largest batch that Meilisearch takes as one task here; PostgreSQL cuts it further. */
const BATCH_SIZE = 1_000

export type Progress = (count: number) => void

/**
 * Writes every published listing to the index. Returns how many were looked at. May run beside the index jobs and more than
 * once; what is in the index and should not be stays there (see `checkIndex`).
 */
export function reindexAll(deps: IndexDeps, onProgress: Progress = () => {}): Promise<number> {
  return reindexPublished(deps, {}, onProgress)
}

/** What the index says of an owner stands in each of its listings, so a new name or qualification is written to all of them. */
export async function indexOrganisation(
  deps: IndexDeps,
  { organisationId }: { organisationId: Id<'organisation'> },
): Promise<undefined> {
  await reindexPublished(deps, { orgId: organisationId }, () => {})
}

async function reindexPublished(
  deps: IndexDeps,
  filter: { orgId?: Id<'organisation'> },
  onProgress: Progress,
): Promise<number> {
  let count = 0
  let last: ListingId | undefined
  for (;;) {
    const batch = await listPublishedVersions(deps.db, { ...filter, after: last, limit: BATCH_SIZE })
    const ids = batch.map(({ listingId }) => listingId)
    await indexListings(deps, ids)
    count += ids.length
    onProgress(count)
    if (ids.length < BATCH_SIZE) return count
    last = ids.at(-1)
  }
}

/**
 * Builds an index anew while searches go on: for a new server, other settings, another dictionary, or an index that was lost.
 * Listings that change meanwhile are written to the index in use; the check of the new one before it is put in use, and the
 * one after it, find them.
 */
export async function rebuildIndex(
  { index, ...deps }: Omit<IndexDeps, 'search'> & { index: SearchIndex },
  onProgress?: Progress,
): Promise<CheckedIndex & { written: number }> {
  let written = 0
  await index.rebuild(async (target: IndexWriter) => {
    written = await reindexAll({ ...deps, search: target }, onProgress)
    await checkIndex({ ...deps, index: target }, { repair: true })
  })
  return { written, ...(await checkIndex({ ...deps, index }, { repair: true })) }
}
