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
 * unlike. Loops, because to fill a typed array by a function costs three times as much.
 */
export function sparseVector(...weights: ReadonlyMap<string, number>[]): SparseVector | undefined {
  const terms = weights.flatMap((map) => [...map.keys()])
  if (terms.length === 0) return undefined
  const values = weights.flatMap((map) => [...map.values()])
  const sorted = sortedPlaces(terms)
  const ids = new Uint32Array(terms.length)
  const lengths = new Float32Array(terms.length)
  const inOrder: string[] = []
  const norm = Math.sqrt(sumOfSquares(values, sorted))
  for (let i = 0; i < sorted.length; i++) {
    const key = sorted[i] ?? 0
    const place = key % places
    ids[i] = key / places
    lengths[i] = (values[place] ?? 0) / norm
    inOrder.push(terms[place] ?? '')
  }
  return { ids, weights: lengths, terms: inOrder }
}

/** Id and place in one number, because numbers sort four times as fast as objects by a function. */
function sortedPlaces(terms: readonly string[]): Float64Array {
  const keys = order.subarray(0, terms.length)
  for (let place = 0; place < keys.length; place++) keys[place] = hashText(terms[place] ?? '') * places + place
  return keys.sort()
}

function sumOfSquares(values: readonly number[], sorted: Float64Array): number {
  let squares = 0
  for (let i = 0; i < sorted.length; i++) {
    const weight = values[(sorted[i] ?? 0) % places] ?? 0
    squares += weight * weight
  }
  return squares
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
