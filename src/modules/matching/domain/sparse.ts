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

/** Room to sort in, used again by every vector: to allocate it took as long as all the rest. */
const order = new Float64Array(places)

/**
 * Of weights whose terms are all different. Undefined when there is nothing to weigh: a text without terms is absent, not
 * unlike. In loops, because `flatMap` alone would take longer than all of it.
 */
export function sparseVector(...weights: ReadonlyMap<string, number>[]): SparseVector | undefined {
  const terms: string[] = []
  const values: number[] = []
  for (const map of weights) {
    for (const [term, weight] of map) {
      terms.push(term)
      values.push(weight)
    }
  }
  return terms.length === 0 ? undefined : inOrder(terms, values)
}

function inOrder(terms: readonly string[], values: readonly number[]): SparseVector {
  const keys = sortedKeys(terms)
  // Two arrays in one piece of memory: to ask for memory costs more than to fill it.
  const memory = new ArrayBuffer(2 * Uint32Array.BYTES_PER_ELEMENT * keys.length)
  const ids = new Uint32Array(memory, 0, keys.length)
  const weights = new Float32Array(memory, ids.byteLength)
  const sorted: string[] = []
  const ordered: number[] = []
  let squares = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0
    const id = Math.floor(key / places)
    // A remainder of numbers beyond 32 bits costs twenty times as much.
    const place = key - id * places
    const weight = values[place] ?? 0
    ids[i] = id
    squares += weight * weight
    ordered.push(weight)
    sorted.push(terms[place] ?? '')
  }
  const norm = Math.sqrt(squares)
  for (let i = 0; i < ordered.length; i++) weights[i] = (ordered[i] ?? 0) / norm
  return { ids, weights, terms: sorted }
}

/** Id and place in one number, because numbers sort four times as fast as objects by a function. Valid until the next call. */
function sortedKeys(terms: readonly string[]): Float64Array {
  const keys = order.subarray(0, terms.length)
  for (let place = 0; place < keys.length; place++) keys[place] = hashText(terms[place] ?? '') * places + place
  return keys.sort()
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
