import { hashText } from './fingerprint.ts'

/**
 * A vector of length 1 over grams: ids ascending, weights and terms in the same order. An id is the hash
 * of its gram: numbers make a pair cost under a microsecond, and a gram needs no place in any table. Some
 * 300 grams of a body against 40 of a title collide (2^32 ids) once in 350,000 pairs of listings.
 */
export type SparseVector = GramVector & { terms: readonly string[] }

/** What suffices for a cosine: without the terms nobody can read it. */
export type GramVector = { ids: Uint32Array; weights: Float32Array }

export type SharedTerm = { term: string; weight: number }

/** More than the grams of a title and a body, which `unitRuns` ends at 4,000 units each. */
const places = 2 ** 16

/** Room to sort in, used again by every vector, so that nothing is allocated but what is made. */
const room = {
  terms: [] as string[],
  values: new Float64Array(places),
  keys: new Float64Array(places),
  inOrder: new Float64Array(places),
}

/**
 * Of weights whose terms are all different. Undefined when there is nothing to weigh: a text without terms is absent, not
 * unlike. In loops, because `flatMap` alone would take longer than all of it.
 */
export function sparseVector(...weights: ReadonlyMap<string, number>[]): SparseVector | undefined {
  let size = 0
  for (const map of weights) {
    for (const [term, weight] of map) {
      room.terms[size] = term
      room.values[size] = weight
      // Id and place in one number, because numbers sort four times as fast as objects by a function.
      room.keys[size] = hashText(term) * places + size
      size += 1
    }
  }
  return size === 0 ? undefined : vectorOf(size)
}

/** Of as many terms as lie in the room. */
function vectorOf(size: number): SparseVector {
  const keys = room.keys.subarray(0, size).sort()
  // Two arrays in one piece of memory: to ask for memory costs more than to fill it.
  const memory = new ArrayBuffer(2 * Uint32Array.BYTES_PER_ELEMENT * size)
  const ids = new Uint32Array(memory, 0, size)
  const weights = new Float32Array(memory, ids.byteLength)
  const terms = room.terms.slice(0, size)
  let squares = 0
  for (let i = 0; i < size; i++) {
    const key = keys[i] ?? 0
    const id = Math.floor(key / places)
    // Not by `%`, which for numbers beyond 32 bits is the call of a function.
    const place = key - id * places
    const weight = room.values[place] ?? 0
    ids[i] = id
    terms[i] = room.terms[place] ?? ''
    room.inOrder[i] = weight
    squares += weight * weight
  }
  const norm = Math.sqrt(squares)
  for (let i = 0; i < size; i++) weights[i] = (room.inOrder[i] ?? 0) / norm
  return { ids, weights, terms }
}

export function cosine(a: SparseVector, b: SparseVector): number {
  const [short, long] = a.ids.length <= b.ids.length ? [a, b] : [b, a]
  let sum = 0
  let from = 0
  for (let i = 0; i < short.ids.length; i++) {
    const id = short.ids[i] ?? 0
    from = lowerBound(long.ids, id, from)
    if (long.ids[from] === id) sum += (short.weights[i] ?? 0) * (long.weights[from] ?? 0)
  }
  return Math.min(1, sum)
}

/** What the cosine is made of, largest share first; the weights add up to the cosine. */
export function sharedTerms(a: SparseVector, b: SparseVector): SharedTerm[] {
  const shared: SharedTerm[] = []
  a.ids.forEach((id, i) => {
    const j = lowerBound(b.ids, id, 0)
    if (b.ids[j] !== id) return
    shared.push({ term: a.terms[i] ?? '', weight: (a.weights[i] ?? 0) * (b.weights[j] ?? 0) })
  })
  return shared.sort((x, y) => y.weight - x.weight || (x.term < y.term ? -1 : 1))
}

/** The first index from `from` on whose id is not smaller. A title in a long body costs few steps. */
function lowerBound(ids: Uint32Array, id: number, from: number): number {
  let low = from
  let high = ids.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ids[middle] ?? 0) < id) low = middle + 1
    else high = middle
  }
  return low
}
