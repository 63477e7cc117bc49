import { and, asc, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { plannedEachTime } from '../../db/fixed-statement.ts'
import type { Tx } from '../../db/tx.ts'
import { idToUuid, uuidToId } from '../../kernel/ids.ts'
import { perKey } from '../../kernel/per-key.ts'
import type { Facts, ListingKind } from './domain/types.ts'
import { matchDocuments } from './table.ts'

/** A listing as matching knows it. `stamp` changes with every change of the row. */
export type MatchDocument = { facts: Facts; version: number; stamp: string; matchedTitles: number }

type NewDocument = { facts: Facts; version: number; terms: readonly string[] }

const comparedBody = sql<string>`case when ${matchDocuments.kind} = 'demand' then ${matchDocuments.body} else '' end`
/** The TypeID: only facts know it, because the prefix depends on the kind. */
const factsId = sql<string>`${matchDocuments.facts} ->> 'id'`
const stamp = sql<string>`${matchDocuments.version} || '@' || extract(epoch from ${matchDocuments.updatedAt})`

/** Inserts the document or brings it to these values; a row that has them already stays untouched. */
export async function upsertDocument(tx: Tx, { facts, version, terms }: NewDocument, now: Date): Promise<void> {
  const { body, ...rest } = facts
  await tx.execute(sql`
    insert into match_documents as stored (listing_id, kind, org_id, market, version, facts, body, terms, updated_at)
    values (${idToUuid(facts.id)}, ${facts.kind}, ${idToUuid(facts.orgId)}, ${facts.market}, ${version},
            ${JSON.stringify(rest)}::jsonb, ${body}, array_to_tsvector(${sql.param([...terms])}::text[]),
            ${now.toISOString()}::timestamptz)
    on conflict (listing_id) do update set org_id = excluded.org_id, market = excluded.market,
      version = excluded.version, facts = excluded.facts, body = excluded.body, terms = excluded.terms,
      updated_at = excluded.updated_at, changed_xid = pg_current_xact_id()
    where (stored.version, stored.facts, stored.body, stored.terms)
      is distinct from (excluded.version, excluded.facts, excluded.body, excluded.terms)`)
}

/** Whether there was one. Waits for runs that are storing matches of it. */
export async function deleteDocument(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx
    .delete(matchDocuments)
    .where(eq(matchDocuments.listingId, idToUuid(id)))
    .returning({ id: matchDocuments.listingId })
  return rows.length > 0
}

export async function findDocument(db: Db, id: string): Promise<MatchDocument | undefined> {
  const [document] = await findDocuments(db, [id])
  return document
}

/** A supply's text is compared by its title alone, so the body comes with demands only. */
async function findDocuments(db: Db, ids: readonly string[]): Promise<MatchDocument[]> {
  const { facts, version, matchedTitles } = matchDocuments
  const rows = await db
    .select({ facts, version, matchedTitles, stamp, body: comparedBody })
    .from(matchDocuments)
    .where(inArray(matchDocuments.listingId, ids.map(idToUuid)))
  return rows.map((row) => ({ ...row, facts: { ...row.facts, body: row.body } }))
}

/** A document that the caller may know: its facts come only when its stamp is another than the caller's. */
export type Known = { uuid: string; stamp: string | undefined }
export type Reread = { uuid: string; version: number; stamp: string; facts: Facts | undefined }

/** Those that are still there, in the order of the question: one visit, and no text is sent twice. */
export async function rereadDocuments(db: Db, known: readonly Known[]): Promise<Reread[]> {
  if (known.length === 0) return []
  const rows = await rereadOf(db).execute({
    uuids: known.map(({ uuid }) => uuid),
    stamps: known.map((one) => one.stamp ?? null),
  })
  return rows.map(({ uuid, version, stamp: own, facts, body }) => ({
    uuid,
    version,
    stamp: own,
    facts: facts === null ? undefined : { ...facts, body: body ?? '' },
  }))
}

const rereadOf = perKey((db: Db) => {
  const isNew = sql`known.stamp is distinct from ${stamp}`
  return db
    .select({
      uuid: sql<string>`known.uuid`,
      version: matchDocuments.version,
      stamp,
      facts: sql<Omit<Facts, 'body'> | null>`case when ${isNew} then ${matchDocuments.facts} end`,
      body: sql<string | null>`case when ${isNew} then ${comparedBody} end`,
    })
    .from(
      sql`unnest(${sql.placeholder('uuids')}::uuid[], ${sql.placeholder('stamps')}::text[])
        with ordinality as known (uuid, stamp, place)`,
    )
    .innerJoin(matchDocuments, sql`${matchDocuments.listingId} = known.uuid`)
    .orderBy(sql`known.place`)
    .prepare(plannedEachTime)
})

/** Versions of those that are still there, which stay there until the transaction ends. */
export async function lockDocuments(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx
    .select({ uuid: matchDocuments.listingId, kind: matchDocuments.kind, version: matchDocuments.version })
    .from(matchDocuments)
    .where(inArray(matchDocuments.listingId, ids.map(idToUuid)))
    .orderBy(asc(matchDocuments.listingId))
    .for('key share')
  return new Map(rows.map(({ uuid, kind, version }) => [uuidToId(kind, uuid), version]))
}

/** Of both sides; counts no further than `limit`, so that the answer costs the same in any market. */
export async function countDocuments(db: Db, limit: number): Promise<Record<ListingKind, number>> {
  const { rows } = await db.execute<Record<ListingKind, number>>(
    sql`select ${countOf('supply', limit)} as supply, ${countOf('demand', limit)} as demand`,
  )
  return rows[0] ?? { supply: 0, demand: 0 }
}

function countOf(kind: ListingKind, limit: number): SQL {
  return sql`(select count(*)::int from (select from match_documents where kind = ${kind} limit ${limit}) side)`
}

/** The titles on the market, newest listings first. */
export async function listTitles(db: Db, limit: number): Promise<string[]> {
  const rows = await db
    .select({ title: sql<string>`${matchDocuments.facts} ->> 'title'` })
    .from(matchDocuments)
    .orderBy(desc(matchDocuments.listingId))
    .limit(limit)
  return rows.map(({ title }) => title)
}

/** Title and body of the newest demands. */
export async function listDemandTexts(db: Db, limit: number): Promise<{ title: string; body: string }[]> {
  return db
    .select({ title: sql<string>`${matchDocuments.facts} ->> 'title'`, body: matchDocuments.body })
    .from(matchDocuments)
    .where(eq(matchDocuments.kind, 'demand'))
    .orderBy(desc(matchDocuments.listingId))
    .limit(limit)
}

/** Demands last matched with a text model that knew fewer titles. */
export async function listDemandsMatchedBelow(db: Db, titles: number, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: factsId })
    .from(matchDocuments)
    .where(and(eq(matchDocuments.kind, 'demand'), lt(matchDocuments.matchedTitles, titles)))
    .orderBy(asc(matchDocuments.listingId))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export async function updateMatchedTitles(db: Db, id: string, titles: number): Promise<void> {
  await db
    .update(matchDocuments)
    .set({ matchedTitles: titles })
    .where(eq(matchDocuments.listingId, idToUuid(id)))
}
