import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Frequencies } from './postgres-tsquery.ts'

export type IndexStatistics = { documentCount: number; frequencies: Frequencies }

/**
 * What ANALYZE knows of the index: its size and how frequent the lexemes are, of which it keeps the thousand most frequent
 * (1.2 ms). Before the first ANALYZE every word counts as rare, which is right for a small index.
 */
export async function readStatistics(db: Db, lexemes: readonly string[]): Promise<IndexStatistics> {
  const { rows } = await db.execute<{ documents: number; lexeme: string | null; share: number }>(sql`
    select greatest(reltuples, 0)::float8 as documents, lexeme, share::float8
    from pg_class
    left join (
      select lexeme, share
      from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) as listed (lexeme, share)
      where schemaname = current_schema() and tablename = 'search_documents' and attname = 'tsv'
        and lexeme = any(${sql.param(lexemes)}::text[])
    ) found on true
    where pg_class.oid = 'search_documents'::regclass`)
  const known = rows.flatMap(({ lexeme, share }) => (lexeme === null ? [] : [[lexeme, share] as const]))
  return { documentCount: rows[0]?.documents ?? 0, frequencies: new Map(known) }
}
