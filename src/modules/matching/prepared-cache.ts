import type { Prepared } from './domain/prepare.ts'

type Entry = { stamp: string; prepared: Prepared; grams: number }

export type PreparedCache = {
  find(id: string, stamp: string): Prepared | undefined
  /** Of what is held under the id, whatever its stamp. */
  stampOf(id: string): string | undefined
  add(id: string, stamp: string, prepared: Prepared): void
}

/**
 * Prepared listings by id, the least recently used leaving first. Bounded by grams, not by listings: a title costs some
 * 50 of them, a demand with a long body 4,000, and a gram about 60 bytes.
 */
export function preparedCache(maxGrams: number): PreparedCache {
  const entries = new Map<string, Entry>()
  let grams = 0
  const remove = (id: string) => {
    grams -= entries.get(id)?.grams ?? 0
    entries.delete(id)
  }
  return {
    find: (id, stamp) => {
      const entry = entries.get(id)
      if (entry?.stamp !== stamp) return undefined
      entries.delete(id)
      entries.set(id, entry)
      return entry.prepared
    },
    stampOf: (id) => entries.get(id)?.stamp,
    add: (id, stamp, prepared) => {
      remove(id)
      const entry = { stamp, prepared, grams: gramsOf(prepared) }
      entries.set(id, entry)
      grams += entry.grams
      for (const oldest of entries.keys()) {
        if (grams <= maxGrams || oldest === id) break
        remove(oldest)
      }
    },
  }
}

/** The dense vector and the object itself weigh about as much as 20 grams. */
function gramsOf({ titleCharacters, titleGrams, contentGrams }: Prepared): number {
  const vectors = [titleCharacters, titleGrams, contentGrams]
  return vectors.reduce((sum, vector) => sum + (vector?.ids.length ?? 0), 20)
}
