import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'

/** Share of documents that hold a lexeme, for the frequent ones that PostgreSQL's statistics list; the others are rare. */
type Frequencies = ReadonlyMap<string, number>

/** What an unlisted lexeme may have at most: ANALYZE keeps the thousand most frequent ones. */
const RARE_SHARE = 0.001
/** Together the words of an OR may match this many documents; ranking more was measured 60–400 times slower (DESIGN §7). */
const OR_BUDGET = 10_000
const MOST_OR_WORDS = 12

/** A lexeme and the documents that are expected to hold it. */
export type CountedWord = { word: string; count: number }

/** The rarest words of a query, rarest first, until the budget is spent; always at least one. */
export async function rarestWords(db: Db, wanted: readonly string[], documentCount: number): Promise<CountedWord[]> {
  const frequencies = await readFrequencies(db, wanted)
  const known = wanted.map((word) => ({ word, count: (frequencies.get(word) ?? RARE_SHARE) * documentCount }))
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
 * What ANALYZE knows of the lexemes (1.2 ms). Before the first ANALYZE every word counts as rare, which is right for a small
 * index.
 */
async function readFrequencies(db: Db, lexemes: readonly string[]): Promise<Frequencies> {
  const { rows } = await db.execute<{ lexeme: string; share: number }>(sql`
    select lexeme, share::float8
    from pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) as listed (lexeme, share)
    where schemaname = current_schema() and tablename = 'search_documents' and attname = 'tsv'
      and lexeme = any(${sql.param(lexemes)}::text[])`)
  return new Map(rows.map(({ lexeme, share }) => [lexeme, share]))
}
