import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { ListingKind } from './domain/types.ts'

/** What the title index reads of a document; `traits` in the order of `traitFeatures`, as JSON; prices and deadline as text. */
export type TitleRow = { uuid: string; org: string; title: string; traits: string[]; terms: (string | null)[] }

/** What changed, and from where to ask the next time. */
export type TitleChanges = { cursor: string; rows: (TitleRow & { xid: string })[] }

/** Where changes begin that somebody who starts to read now might miss. */
export async function findChangeCursor(db: Db): Promise<string> {
  const { rows } = await db.execute<{ cursor: string }>(sql`select ${oldestOpen} as cursor`)
  return rows[0]?.cursor ?? '0'
}

/** The next titles of a side by id. */
export async function listTitlesAfter(db: Db, kind: ListingKind, page: { after: string; limit: number }) {
  const { rows } = await db.execute<TitleRow>(sql`
    select ${columns} from match_documents
    where kind = ${kind} and listing_id > ${page.after} order by listing_id limit ${page.limit}`)
  return rows
}

/**
 * The documents written since the cursor by transactions that are visible now, some of them for the second time. Ids of
 * transactions that are still to come stand in a restored dump only; they are left out.
 */
export async function listChangedTitles(db: Db, kind: ListingKind, cursor: string): Promise<TitleChanges> {
  type Row = { [column in keyof TitleRow]: TitleRow[column] | null } & { cursor: string; xid: string | null }
  const { rows } = await db.execute<Row>(sql`
    select ${columns}, changed_xid::text as xid, seen.cursor
    from (select ${oldestOpen} as cursor) seen
    left join match_documents on kind = ${kind} and changed_xid >= ${cursor}::xid8
      and changed_xid < pg_snapshot_xmax(pg_current_snapshot())`)
  return {
    cursor: rows[0]?.cursor ?? cursor,
    rows: rows.flatMap(({ uuid, org, title, traits, terms, xid }) =>
      uuid === null || org === null || title === null || traits === null || terms === null || xid === null
        ? []
        : [{ uuid, org, title, traits, terms, xid }],
    ),
  }
}

const oldestOpen = sql`pg_snapshot_xmin(pg_current_snapshot())::text`
const columns = sql`listing_id as uuid, org_id as org, coalesce(facts ->> 'title', '') as title, array[
  jsonb_build_array(facts -> 'fields', facts -> 'industries', facts -> 'strategicIndustries')::text,
  jsonb_build_array(facts -> 'region', facts -> 'acceptedRegions')::text,
  jsonb_build_array(facts -> 'cooperationModes', facts -> 'ipBlockedModes')::text,
  jsonb_build_array(facts -> 'trlMin', facts -> 'trlMax')::text,
  coalesce(facts ->> 'trustCode', 'green')] as traits,
  array[facts ->> 'priceMinFen', facts ->> 'priceMaxFen', facts ->> 'deadline'] as terms`
