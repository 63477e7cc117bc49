import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { SearchDocument } from '../../ports/search-engine.ts'
import { foldText } from '../../text/fold.ts'
import { foldPinyin, type Speller } from '../../text/pinyin.ts'
import { quoteLexeme } from './postgres-lexemes.ts'

/** Enough to tell frequent keywords from rare ones; a beginning of one letter has far more documents. */
const SAMPLE = 500
const LONGEST_BEGINNING = 40

/** Keywords, organisations and titles that begin with the prefix or sound so; as written first, then the most frequent. */
export async function suggestTexts(db: Db, prefix: string, limit: number): Promise<string[]> {
  const folded = beginningOf(foldText(prefix.slice(0, 200)))
  if (folded === '') return []
  const sound = beginningOf(/\p{Script=Han}/u.test(folded) ? folded : foldPinyin(folded) || folded)
  const tsquery = [...new Set([folded, sound])].map((beginning) => `${quoteLexeme(beginning)}:*`).join(' | ')
  const { rows } = await db.execute<{ text: string }>(sql`
    with found as materialized (
      select suggestions from search_documents where suggest_tsv @@ ${tsquery}::tsquery limit ${SAMPLE}
    ), texts as (
      select split_part(line, E'\n', 1) as text, strpos(line, ${`\n${folded}`}) = strpos(line, E'\n') as is_written,
        strpos(line, ${`\n${sound}`}) > 0 as is_spoken
      from found, unnest(suggestions) as line
    )
    select text from texts where is_written or is_spoken
    group by text order by bool_or(is_written) desc, count(*) desc, length(text), text collate "C" limit ${limit}`)
  return rows.map(({ text }) => text)
}

/** A line each for what may be suggested: the text as written, folded, in full pinyin and in initials. */
export function suggestionLines({ title, orgName, keywords }: SearchDocument, spell: Speller): string[] {
  return [...new Set([...keywords, orgName, title])].flatMap((text) => {
    const folded = foldText(text)
    if (folded === '') return []
    const spelling = spell(text)
    // A line feed separates, and what jsonb refuses must not come in.
    const written = text
      .replaceAll('\0', '')
      .replace(/\p{Cs}/gu, '')
      .replace(/\s+/gu, ' ')
      .trim()
    return [[written, folded, ...(spelling ? [spelling.full, spelling.initials] : [])].join('\n')]
  })
}

/** The beginnings by which the lines are found. */
export function suggestionVector(lines: readonly string[]): string {
  const beginnings = lines.flatMap((line) => line.split('\n').slice(1)).map(beginningOf)
  return [...new Set(beginnings)]
    .filter((beginning) => beginning !== '')
    .map(quoteLexeme)
    .join(' ')
}

function beginningOf(text: string): string {
  return [...text].slice(0, LONGEST_BEGINNING).join('')
}
