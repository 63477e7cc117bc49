import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { editDistance } from '../../kernel/nearest.ts'
import { foldText } from '../../text/fold.ts'

const LATIN_WORD = /(?<![a-z0-9])[a-z]{4,32}(?![a-z0-9])/g
/** A query has few words; a pasted English page is not corrected. */
const MOST_CORRECTED = 8
const MOST_CANDIDATES = 30
/** Two slips in a word of eight letters leave a fifth of its trigrams. */
export const WORD_SIMILARITY = '0.2'

/** Latin words that are long enough to have a nearest one. */
export function latinWords(text: string): string[] {
  return foldText(text).match(LATIN_WORD) ?? []
}

/** Adds words to the vocabulary. Sorted, so that no two writers deadlock. */
export async function rememberWords(db: Db, words: readonly string[]): Promise<void> {
  if (words.length === 0) return
  const sorted = [...new Set(words)].sort()
  await db.execute(sql`
    insert into search_words select unnest(${sql.param(sorted)}::text[]) on conflict (word) do nothing`)
}

/**
 * The text with each Latin word that no public text holds replaced by the nearest one that some does: one slip in words of
 * four to seven letters, two in longer ones. Undefined when nothing is to correct.
 */
export async function correctWords(db: Db, text: string): Promise<string | undefined> {
  const words = [...new Set(latinWords(text))].slice(0, MOST_CORRECTED)
  if (words.length === 0) return undefined
  const { rows } = await db.execute<{ asked: string; known: string }>(sql`
    select asked.word as asked, near.word as known
    from unnest(${sql.param(words)}::text[]) as asked (word),
      lateral (select word from search_words where word % asked.word
        order by similarity(word, asked.word) desc, word limit ${MOST_CANDIDATES}) as near
    where not exists (select from search_words where word = asked.word)`)
  const corrections = new Map<string, string>()
  for (const asked of words) {
    const nearest = nearestOf(
      asked,
      rows.filter((row) => row.asked === asked).map(({ known }) => known),
    )
    if (nearest !== undefined) corrections.set(asked, nearest)
  }
  if (corrections.size === 0) return undefined
  return text.replace(LATIN_WORD, (word) => corrections.get(word) ?? word)
}

function nearestOf(word: string, candidates: readonly string[]): string | undefined {
  const allowed = word.length >= 8 ? 2 : 1
  const near = candidates.map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
  return near.filter(({ distance }) => distance <= allowed).sort((a, b) => a.distance - b.distance)[0]?.candidate
}
