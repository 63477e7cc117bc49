import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { ListingKind } from './domain/types.ts'

/** A term to ask for and what sharing it is worth: a whole number, so that sums do not depend on their order. */
export type WantedTerm = { term: string; weight: number }

/** Where to look: the other kind, without the asker's own organisation. */
export type Side = { kind: ListingKind; exceptOrgId: string }

export type CandidateQuery = Side & {
  terms: readonly WantedTerm[]
  maxByTerms: number
  neighbours: readonly WantedTerm[]
  maxByNeighbours: number
}

/**
 * UUIDs of the documents that share the rarest terms, and of those that share the most precise places of the
 * classification, in one statement. Counting what each term hits walks the index and narrow rows only; ts_rank would
 * unpack the tsvector of every hit and know nothing of rarity. Ties go to the newest listing.
 */
export async function listCandidates(db: Db, query: CandidateQuery): Promise<string[]> {
  if (query.terms.length + query.neighbours.length === 0) return []
  const { rows } = await db.execute<{ uuid: string }>(candidatesSql(query))
  return rows.map(({ uuid }) => uuid)
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
    select document.listing_id as uuid
    from unnest(${sql.param(lexemes)}::text[], ${sql.param(weights)}::int[]) as wanted (lexeme, weight)
    join match_documents document on document.kind = ${kind} and document.terms @@ wanted.lexeme::tsquery
    where document.org_id <> ${idToUuid(exceptOrgId)}
    group by document.listing_id
    order by sum(wanted.weight) desc, document.listing_id desc
    limit ${limit})`
}
