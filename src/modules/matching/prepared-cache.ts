import { hashText } from './domain/fingerprint.ts'
import type { Prepared } from './domain/prepare.ts'

type Entry = { stamp: string; prepared: Prepared; grams: number }

export type PreparedCache = {
  find(id: string, stamp: string): Prepared | undefined
  /** Of what is held under the id, whatever its stamp. */
  stampOf(id: string): string | undefined
  add(id: string, stamp: string, prepared: Prepared): void
}

/** By hash, the later one in place of an earlier one. */
const rememberedNewcomers = 2 ** 16

/**
 * Prepared listings by id, the least recently used leaving first. Bounded by grams, not by listings: a title costs some
 * 50 of them, a demand with a long body 4,000, and a gram about 60 bytes. Only who is added a second time is kept: among 300,000
 * listings most come once, and to move 1,700 of them into old memory stopped the process for 16 ms in every 28th match.
 */
export function preparedCache(maxGrams: number): PreparedCache {
  const entries = new Map<string, Entry>()
  const newcomers = new Uint32Array(rememberedNewcomers)
  let grams = 0
  const remove = (id: string) => {
    grams -= entries.get(id)?.grams ?? 0
    entries.delete(id)
  }
  const hasComeBefore = (id: string) => {
    const hash = hashText(id)
    const place = hash % rememberedNewcomers
    const isKnown = newcomers[place] === hash
    newcomers[place] = hash
    return isKnown
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
      if (!entries.has(id) && !hasComeBefore(id)) return
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
