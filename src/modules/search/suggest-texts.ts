import type { SearchEngine } from '../../ports/search-engine.ts'

/** Completions of what was typed so far; nothing for nothing. */
export async function suggestTexts(
  { search }: { search: SearchEngine },
  { q, limit }: { q: string; limit: number },
): Promise<string[]> {
  return q.trim() === '' ? [] : search.suggest(q, limit)
}
