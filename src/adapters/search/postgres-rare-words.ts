import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'

/** What an unlisted lexeme may have at most: ANALYZE keeps the thousand most frequent ones. */
const RARE_SHARE = 0.001
/** Together the words of an OR may match this many documents; ranking more was measured 60–400 times slower (DESIGN §7). */
const OR_BUDGET = 10_000
const MOST_OR_WORDS = 12

/** A lexeme and the documents that are expected to hold it. */
export type CountedWord = { word: string; count: number }

/** The rarest words of a query, rarest first, until the budget is spent; always at least one. */
export async function rarestWords(db: Db, wanted: readonly string[], documentCount: number): Promise<CountedWord[]> {
  const shareOf = await readShares(db, wanted)
  const known = wanted.map((word) => ({ word, count: shareOf(word) * documentCount }))
  const chosen: CountedWord[] = []
  let spent = 0
  for (const counted of known.sort((a, b) => a.count - b.count).slice(0, MOST_OR_WORDS)) {
    spent += counted.count
    if (chosen.length > 0 && spent > OR_BUDGET) break
    chosen.push(counted)
  }
  return chosen
}

/**
 * The share of documents that hold a lexeme, as ANALYZE knows it (1.2 ms). Before the first ANALYZE every word counts as rare,
 * which is right for a small index.
 */
export async function readShares(db: Db, lexemes: readonly string[]): Promise<(lexeme: string) => number> {
  const { rows } = await db.execute<{ lexeme: string; share: number }>(sql`
    select lexeme, share::float8
    from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) as listed (lexeme, share)
    where schemaname = current_schema() and tablename = 'search_documents' and attname = 'tsv'
      and lexeme = any(${sql.param(lexemes)}::text[])`)
  const shares = new Map(rows.map(({ lexeme, share }) => [lexeme, share]))
  return (lexeme) => shares.get(lexeme) ?? RARE_SHARE
}
