import type pg from 'pg'
import { upsertDocuments } from '../../src/adapters/search/postgres-upsert.ts'
import type { Db } from '../../src/db/client.ts'
import { syntheticListing } from './synthetic-listings.ts'

const BATCH_SIZE = 1_000
/** Cutting words takes 1 ms a listing. Beyond this many, listings repeat texts under ids, days and prices of their own. */
const MOST_DISTINCT = 100_000

/** Fills the index: without its GIN indexes, which are built at the end in a tenth of the time. Returns seconds. */
export async function loadListings(pool: pg.Pool, db: Db, count: number): Promise<number> {
  const started = performance.now()
  const { rows } = await pool.query<{ name: string; definition: string }>(`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'search_documents' and indexname <> 'search_documents_pkey'`)
  for (const { name } of rows) await pool.query(`drop index ${name}`)
  const distinct = Math.min(count, MOST_DISTINCT)
  for (let start = 0; start < distinct; start += BATCH_SIZE) {
    const size = Math.min(BATCH_SIZE, distinct - start)
    await upsertDocuments(
      db,
      Array.from({ length: size }, (_, offset) => syntheticListing(start + offset)),
    )
    if (start % 10_000 === 0) console.error(`${start} of ${distinct} listings cut and written`)
  }
  for (let copy = 1; copy * MOST_DISTINCT < count; copy += 1) {
    await copyListings(pool, { copy, most: count - copy * MOST_DISTINCT })
    console.error(`${(copy + 1) * MOST_DISTINCT} listings`)
  }
  await pool.query(`set maintenance_work_mem = '1GB'`)
  for (const { definition } of rows) await pool.query(definition)
  await pool.query('vacuum analyze search_documents')
  await pool.query('analyze search_words')
  return Math.round((performance.now() - started) / 1_000)
}

/** The days of the copies lie between those of the first ones. */
async function copyListings(pool: pg.Pool, { copy, most }: { copy: number; most: number }): Promise<void> {
  await pool.query(
    `insert into search_documents select changed.*
     from search_documents as d, lateral jsonb_populate_record(d, jsonb_build_object(
       'listing_id', overlay(d.listing_id::text placing lpad(to_hex($1::bigint), 4, '0') from 20 for 4),
       'newest_key', d.newest_key - ($1::bigint - 32768) * 3600000, 'price_key', d.price_key + $1::bigint - 32768)) as changed
     where substr(d.listing_id::text, 20, 4) = '8000' limit $2::int`,
    [0x8000 + copy, most],
  )
}

/** Whether an earlier run filled the database and got to the end of it. */
export async function isLoaded(pool: pg.Pool, count: number): Promise<boolean> {
  const { rows } = await pool.query<{ stored: string; isComplete: boolean }>(`
    select count(*) as stored, to_regclass('plain_listings__tsv') is not null as "isComplete" from search_documents`)
  const stored = Number(rows[0]?.stored ?? 0)
  if (rows[0]?.isComplete === true && stored === count) return true
  if (stored > 0) throw new Error(`the directory holds ${stored} listings or is half filled; remove it`)
  return false
}

/** What one would write first: one text, one vector of the configuration that comes with PostgreSQL. */
export async function loadPlainText(pool: pg.Pool, most: number): Promise<void> {
  await pool.query(
    `create table plain_listings as
     select listing_id, title, folded_text as text, to_tsvector('simple', folded_text) as tsv from search_documents
     limit ${most}`,
  )
  await pool.query('create index plain_listings__tsv on plain_listings using gin (tsv)')
  await pool.query('vacuum analyze plain_listings')
}
