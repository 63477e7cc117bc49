import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { idToUuid, uuidToId } from '../../kernel/ids.ts'
import type { Hit } from './document-repo.ts'
import type { ListingKind } from './domain/types.ts'

/** A term to ask for and what sharing it is worth: a whole number, so that sums do not depend on their order. */
export type WantedTerm = { term: string; weight: number }

/** Where to look: the other kind, without the asker's own organisation. */
export type Side = { kind: ListingKind; exceptOrgId: string }

/** A hit with the bare id of its document and its organisation. */
export type OwnedHit = { hit: Hit; uuid: string; orgId: string }

export type CandidateQuery = Side & {
  terms: readonly WantedTerm[]
  maxByTerms: number
  neighbours: readonly WantedTerm[]
  maxByNeighbours: number
}

/**
 * The documents that share the rarest terms, and those that share the most precise places of the classification, in one
 * statement. Counting what each term hits walks the index and narrow rows only; ts_rank would unpack the tsvector of
 * every hit and know nothing of rarity. Ties go to the newest listing.
 */
export async function listCandidates(db: Db, query: CandidateQuery): Promise<Hit[]> {
  return readHits(db, query.kind, candidatesSql(query))
}

/** Every document of the side: a small market needs no index. */
export async function listWholeSide(db: Db, { kind, exceptOrgId }: Side): Promise<Hit[]> {
  return readHits(
    db,
    kind,
    sql`select listing_id, version, updated_at from match_documents
        where kind = ${kind} and org_id <> ${idToUuid(exceptOrgId)}`,
  )
}

/** These, as far as they are still there. */
export async function listHits(db: Db, kind: ListingKind, ids: readonly string[]): Promise<Hit[]> {
  if (ids.length === 0) return []
  return readHits(
    db,
    kind,
    sql`select listing_id, version, updated_at from match_documents
        where listing_id = any(${sql.param(ids.map(idToUuid))}::uuid[])`,
  )
}

/** The same, and whose each is. */
export async function listOwnedHits(db: Db, kind: ListingKind, uuids: readonly string[]): Promise<OwnedHit[]> {
  if (uuids.length === 0) return []
  const { rows } = await db.execute<HitRow & { orgUuid: string }>(sql`
    select listing_id as id, version, version || '@' || extract(epoch from updated_at) as stamp, org_id as "orgUuid"
    from match_documents where listing_id = any(${sql.param([...uuids])}::uuid[])`)
  return rows.map(({ id, orgUuid, ...row }) => ({
    hit: { ...row, id: uuidToId(kind, id) },
    uuid: id,
    orgId: uuidToId('organisation', orgUuid),
  }))
}

/** How PostgreSQL goes about it, for the test that the index is used. */
export async function explainCandidates(db: Db, query: CandidateQuery): Promise<string> {
  const { rows } = await db.execute<{ 'QUERY PLAN': string }>(sql`explain (costs off) ${candidatesSql(query)}`)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

function candidatesSql({ terms, maxByTerms, neighbours, maxByNeighbours, ...side }: CandidateQuery): SQL {
  return sql`${sharing(side, terms, maxByTerms)} union ${sharing(side, neighbours, maxByNeighbours)}`
}

/** Grouped by the primary key, on which the other columns depend: no second visit for them. */
function sharing({ kind, exceptOrgId }: Side, wanted: readonly WantedTerm[], limit: number): SQL {
  const lexemes = wanted.map(({ term }) => `'${term.replace(/['\\]/g, '$&$&')}'`)
  const weights = wanted.map(({ weight }) => weight)
  return sql`(
    select document.listing_id, document.version, document.updated_at
    from unnest(${sql.param(lexemes)}::text[], ${sql.param(weights)}::int[]) as wanted (lexeme, weight)
    join match_documents document on document.kind = ${kind} and document.terms @@ wanted.lexeme::tsquery
    where document.org_id <> ${idToUuid(exceptOrgId)}
    group by document.listing_id
    order by sum(wanted.weight) desc, document.listing_id desc
    limit ${limit})`
}

type HitRow = { id: string; version: number; stamp: string }

async function readHits(db: Db, kind: ListingKind, hits: SQL): Promise<Hit[]> {
  const { rows } = await db.execute<HitRow>(sql`
    select listing_id as id, version, version || '@' || extract(epoch from updated_at) as stamp from (${hits}) hits`)
  return rows.map((row) => ({ ...row, id: uuidToId(kind, row.id) }))
}
