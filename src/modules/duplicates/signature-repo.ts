import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { ListingId, ListingKind } from '../listings/index.ts'
import { hashCount } from './domain/min-hash.ts'
import { listingSignatures } from './table.ts'

export type Signature = {
  listingId: ListingId
  kind: ListingKind
  version: number
  contentHash: Buffer
  minHashes: Int32Array
  patents: string[]
  sourceKey: string | null
  isCompared: boolean
}

/**
 * Stores signatures in one statement; one whose content is what it was stays compared. Arrays of columns instead of rows
 * of parameters: 500 signatures take some 15 ms.
 */
export async function upsertSignatures(tx: Tx, signatures: readonly Signature[]): Promise<void> {
  if (signatures.length === 0) return
  const rows = signatures.map(({ listingId, contentHash, minHashes, ...rest }) => ({
    ...{ listing_id: idToUuid(listingId), kind: rest.kind, version: rest.version },
    ...{ patents: rest.patents, source_key: rest.sourceKey },
    content_hash: `\\x${contentHash.toString('hex')}`,
    min_hashes: `\\x${bytesOf(minHashes).toString('hex')}`,
    is_compared: false,
  }))
  await tx.execute(sql`
    insert into listing_signatures as old
    select * from jsonb_populate_recordset(null::listing_signatures, ${JSON.stringify(rows)}::jsonb)
    on conflict (listing_id) do update set version = excluded.version, content_hash = excluded.content_hash,
      min_hashes = excluded.min_hashes, patents = excluded.patents, source_key = excluded.source_key,
      is_compared = old.is_compared and old.content_hash = excluded.content_hash`)
}

/** Signed listings of a kind, in the order of their ids; the hashes of all lie in one array, 120 for each. */
export type SignedListings = { ids: string[]; hashes: Int32Array; isCompared: boolean[] }

/** All of a kind, read page by page: 480 bytes a listing. */
export async function loadSignatures(db: Db, kind: ListingKind): Promise<SignedListings> {
  const loaded: SignedListings = {
    ids: [],
    isCompared: [],
    hashes: new Int32Array(hashCount * (await db.$count(listingSignatures, eq(listingSignatures.kind, kind)))),
  }
  let page: Awaited<ReturnType<typeof listSignatures>>
  do {
    page = await listSignatures(db, kind, loaded.ids.at(-1))
    for (const { listingId, minHashes, isCompared } of page) {
      const place = loaded.ids.length * hashCount
      // One that was signed since the count comes with the next run.
      if (place + hashCount > loaded.hashes.length) return loaded
      loaded.hashes.set(numbersOf(minHashes), place)
      loaded.ids.push(listingId)
      loaded.isCompared.push(isCompared)
    }
  } while (page.length === PAGE_SIZE)
  return { ...loaded, hashes: loaded.hashes.subarray(0, loaded.ids.length * hashCount) }
}

const PAGE_SIZE = 5_000

function listSignatures(db: Db, kind: ListingKind, after: string | undefined) {
  const { listingId, minHashes, isCompared } = listingSignatures
  return db
    .select({ listingId, minHashes, isCompared })
    .from(listingSignatures)
    .where(and(eq(listingSignatures.kind, kind), after === undefined ? undefined : gt(listingId, after)))
    .orderBy(asc(listingId))
    .limit(PAGE_SIZE)
}

export async function markCompared(tx: Tx, listingIds: readonly string[]): Promise<void> {
  if (listingIds.length === 0) return
  await tx
    .update(listingSignatures)
    .set({ isCompared: true })
    .where(inArray(listingSignatures.listingId, [...listingIds]))
}

/** Kinds with listings that were not compared yet. */
export async function listUncomparedKinds(db: Db): Promise<ListingKind[]> {
  const rows = await db
    .selectDistinct({ kind: listingSignatures.kind })
    .from(listingSignatures)
    .where(eq(listingSignatures.isCompared, false))
  return rows.map(({ kind }) => kind)
}

export type FoundPair = { firstId: string; secondId: string; reasons: ('patent_number' | 'external_id')[] }

/** Pairs of which one was not compared yet and that share a patent, or a source with its id there. */
export async function listSharedNumbers(db: Db, kind: ListingKind): Promise<FoundPair[]> {
  const { rows } = await db.execute<FoundPair>(sql`
    with found (one, other, reason) as (
      select one.listing_id, other.listing_id, 'patent_number'
      from listing_signatures one join listing_signatures other on other.patents && one.patents and other.patents <> '{}'
      where one.kind = ${kind} and other.kind = ${kind} and not one.is_compared and one.patents <> '{}'
      union all
      select one.listing_id, other.listing_id, 'external_id'
      from listing_signatures one join listing_signatures other on other.source_key = one.source_key
      where one.kind = ${kind} and not one.is_compared)
    select least(one, other) as "firstId", greatest(one, other) as "secondId", array_agg(distinct reason) as reasons
    from found where one <> other group by 1, 2`)
  return rows
}

/** Signatures of listings that are not on the market any more. */
export async function deleteSignatures(db: Db, listingIds: readonly ListingId[]): Promise<void> {
  if (listingIds.length === 0) return
  const ids = listingIds.map(idToUuid)
  await db.delete(listingSignatures).where(inArray(listingSignatures.listingId, ids))
}

function bytesOf(numbers: Int32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

/** Copied, because a buffer of the driver may begin anywhere. */
function numbersOf(stored: Buffer): Int32Array {
  const copy = new Uint8Array(stored)
  return new Int32Array(copy.buffer)
}
