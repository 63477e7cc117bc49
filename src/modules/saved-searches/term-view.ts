import { inArray, sum } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { termFrequencies } from '../matching/table.ts'

/** In how many listings of the market words were counted. A guess is enough: it decides on speed, never on what is found. */
export async function countDocumentsWith(db: Db, words: readonly string[]): Promise<Map<string, number>> {
  if (words.length === 0) return new Map()
  const { term, documents } = termFrequencies
  const rows = await db
    .select({ term, documents: sum(documents).mapWith(Number) })
    .from(termFrequencies)
    .where(inArray(term, [...words]))
    .groupBy(term)
  return new Map(rows.map((row) => [row.term, row.documents ?? 0]))
}
