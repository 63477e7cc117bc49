import { idToUuid } from '../../kernel/ids.ts'
import type { IndexedVersion } from '../../ports/search-engine.ts'
import type { IndexWriter } from '../../ports/search-index.ts'
import type { ListingId } from '../listings/index.ts'
import { type IndexDeps, indexListings } from './index-listing.ts'
import { listPublishedVersions } from './published-view.ts'

export type CheckDeps = Omit<IndexDeps, 'search'> & { index: IndexWriter }

/** How the index differs from the database; a listing that changed during the check may be among them. */
export type CheckedIndex = {
  checked: number
  /** Published and not in the index. */
  missing: number
  /** In the index with another version. */
  stale: number
  /** In the index and not published, or red. */
  orphans: number
  /** The first few of them, for a person to look at. */
  examples: string[]
  repaired: number
}

type Difference = { listingId: ListingId; what: 'missing' | 'stale' | 'ahead' | 'orphans' }
type Entry = { listingId: ListingId; version: number; uuid: string }

const PAGE_SIZE = 1_000
const REPAIR_SIZE = 200
const MOST_EXAMPLES = 10

/**
 * Compares ids and versions of index and database, both in the order of UUIDs, so that a million of them need no memory. With
 * `repair`, every listing that differs is brought in line as it is at that moment, which harms nobody when it was right.
 */
export async function checkIndex(deps: CheckDeps, { repair }: { repair: boolean }): Promise<CheckedIndex> {
  const result: CheckedIndex = { checked: 0, missing: 0, stale: 0, orphans: 0, examples: [], repaired: 0 }
  let pending: Difference[] = []
  const flush = async () => {
    if (repair) await repairDifferences(deps, pending)
    result.repaired += repair ? pending.length : 0
    pending = []
  }
  for await (const found of differences(deps)) {
    result.checked += 1
    if (found === undefined) continue
    result[found.what === 'ahead' ? 'stale' : found.what] += 1
    if (result.examples.length < MOST_EXAMPLES) result.examples.push(`${found.what} ${found.listingId}`)
    pending.push(found)
    if (pending.length >= REPAIR_SIZE) await flush()
  }
  await flush()
  return result
}

/** A version that the database does not know yet (a restored backup) would never be overwritten, so it goes first. */
async function repairDifferences({ index, ...deps }: CheckDeps, found: readonly Difference[]): Promise<void> {
  await index.remove(found.filter(({ what }) => what === 'ahead').map(({ listingId }) => listingId))
  await indexListings(
    { ...deps, search: index },
    found.map(({ listingId }) => listingId),
  )
}

/** One value for each id of either side: undefined when both agree. */
async function* differences({ db, index }: CheckDeps): AsyncGenerator<Difference | undefined> {
  const listings = entries(async (after) =>
    (await listPublishedVersions(db, { after, limit: PAGE_SIZE })).map((row) => ({ ...row, isSkipped: row.isRed })),
  )
  const documents = entries((after) => index.listVersions({ limit: PAGE_SIZE, ...(after && { after }) }))
  let [listing, document] = [await next(listings), await next(documents)]
  while (listing !== undefined || document !== undefined) {
    const order = compare(listing, document)
    if (order < 0 && listing) yield { listingId: listing.listingId, what: 'missing' }
    else if (order > 0 && document) yield { listingId: document.listingId, what: 'orphans' }
    else if (listing && document) yield differenceOf(listing, document)
    if (order <= 0) listing = await next(listings)
    if (order >= 0) document = await next(documents)
  }
}

function differenceOf({ listingId, version }: Entry, document: Entry): Difference | undefined {
  if (document.version === version) return undefined
  return { listingId, what: document.version > version ? 'ahead' : 'stale' }
}

/** Which side is behind the other; a side that has ended comes last. */
function compare(listing: Entry | undefined, document: Entry | undefined): number {
  if (listing === undefined || document === undefined) return listing === undefined ? 1 : -1
  if (listing.uuid === document.uuid) return 0
  return listing.uuid < document.uuid ? -1 : 1
}

type Row = IndexedVersion & { isSkipped?: boolean }

async function* entries(readPage: (after: ListingId | undefined) => Promise<Row[]>): AsyncGenerator<Entry> {
  let after: ListingId | undefined
  for (;;) {
    const page = await readPage(after)
    for (const { listingId, version, isSkipped } of page) {
      after = listingId as ListingId
      if (isSkipped !== true) yield { listingId: after, version, uuid: idToUuid(listingId) }
    }
    if (page.length < PAGE_SIZE) return
  }
}

async function next(source: AsyncGenerator<Entry>): Promise<Entry | undefined> {
  const { value, done } = await source.next()
  return done === true ? undefined : value
}
