import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { foldText } from '../../text/fold.ts'
import { quoteLexeme, wholeLexeme } from './postgres-lexemes.ts'

/** Enough to tell frequent keywords from rare ones; a beginning of one letter has far more documents. */
const SAMPLE = 500

/** Keywords, organisations and titles that begin with the prefix, the most frequent first. */
export async function suggestTexts(db: Db, prefix: string, limit: number): Promise<string[]> {
  const folded = foldText(prefix.slice(0, 200))
  if (folded === '') return []
  const { rows } = await db.execute<{ text: string; count: number }>(sql`
    with found as materialized (
      select title, org_name, keywords from search_documents
      where tsv @@ ${`${quoteLexeme(wholeLexeme(folded))}:*`}::tsquery limit ${SAMPLE}
    )
    select text, count(*)::int as count
    from (select unnest(keywords || array[org_name, title]) as text from found) as texts
    group by text`)
  return rows
    .filter(({ text }) => foldText(text).startsWith(folded))
    .sort((a, b) => b.count - a.count || a.text.length - b.text.length || (a.text < b.text ? -1 : 1))
    .slice(0, limit)
    .map(({ text }) => text)
}
