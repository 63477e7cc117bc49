import type { GramVector } from '../sparse.ts'

/** The roots of a vector's cosines with each of many, in their order. */
export type Overlaps = (grams: GramVector) => Float64Array

/** Those with all of `many` at once, through lists of which of them have a gram: ten times as fast as one by one. */
export function overlapsWith(many: readonly GramVector[]): Overlaps {
  const postings = postingsOf(many)
  return ({ ids, weights }) => {
    const sums = new Float64Array(many.length)
    for (let i = 0; i < ids.length; i++) {
      const posting = postings.get(keyOf(ids[i] ?? 0))
      if (posting) addScaled(sums, posting, weights[i] ?? 0)
    }
    for (let place = 0; place < sums.length; place++) sums[place] = Math.sqrt(Math.min(1, sums[place] ?? 0))
    return sums
  }
}

/** As a signed number: V8 makes an object of each number beyond 31 bits to look it up. */
function keyOf(id: number): number {
  return id | 0
}

/** The vectors that have a gram, by their places, and its weight in each. */
type Posting = { places: Uint16Array; weights: Float32Array }

function addScaled(sums: Float64Array, { places, weights }: Posting, scale: number): void {
  for (let entry = 0; entry < places.length; entry++) {
    const place = places[entry] ?? 0
    sums[place] = (sums[place] ?? 0) + scale * (weights[entry] ?? 0)
  }
}

function postingsOf(many: readonly GramVector[]): Map<number, Posting> {
  const entries = new Map<number, { places: number[]; weights: number[] }>()
  many.forEach(({ ids, weights }, place) => {
    ids.forEach((id, i) => {
      const entry = entries.get(keyOf(id)) ?? { places: [], weights: [] }
      entry.places.push(place)
      entry.weights.push(weights[i] ?? 0)
      entries.set(keyOf(id), entry)
    })
  })
  return new Map(
    [...entries].map(([id, { places, weights }]) => [
      id,
      { places: Uint16Array.from(places), weights: Float32Array.from(weights) },
    ]),
  )
}
