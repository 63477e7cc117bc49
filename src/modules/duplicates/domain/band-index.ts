import { bandCount, bandsOf, hashCount, similarityAt } from './min-hash.ts'

export type Alike = { place: number; similarity: number }

/** The texts of a list, by their place in it. */
export type BandIndex = {
  /** The texts that share at least `least` of their sequences with the one at a place, each once and without itself. */
  alike(place: number, least: number): Alike[]
}

/** A group of one band that is larger says nothing: it is a form text that a whole house uses. */
const LARGEST_GROUP = 100
/** 2^21 places and 2^32 bands make whole numbers below 2^53. */
const PLACES = 2_097_152

/**
 * An index of the hashes of many texts, 120 for each in one array: with the array 64 MB for 100,000, built in about 2 s. The
 * bands are sorted together with their places, so that equal ones stand side by side.
 */
export function bandIndex(hashes: Int32Array): BandIndex {
  const count = hashes.length / hashCount
  const keys = new Float64Array(count * bandCount)
  const keysOf = (place: number) =>
    bandsOf(hashes.subarray(place * hashCount, (place + 1) * hashCount)).map((band, index) => keyOf(band, index))
  for (let place = 0; place < count; place += 1) {
    keysOf(place).forEach((key, index) => {
      keys[place * bandCount + index] = key + place
    })
  }
  keys.sort()
  return {
    alike(place, least) {
      const seen = new Set([place])
      const found: Alike[] = []
      for (const other of keysOf(place).flatMap((key) => groupOf(keys, key))) {
        if (seen.has(other)) continue
        seen.add(other)
        const similarity = similarityAt(hashes, place, other)
        if (similarity >= least) found.push({ place: other, similarity })
      }
      return found
    },
  }
}

/** The places that have this band; none when they are too many. */
function groupOf(keys: Float64Array, key: number): number[] {
  const group: number[] = []
  for (let at = firstAtLeast(keys, key); (keys[at] ?? Infinity) < key + PLACES; at += 1) {
    if (group.length === LARGEST_GROUP) return []
    group.push((keys[at] ?? 0) - key)
  }
  return group
}

function keyOf(band: number, index: number): number {
  return ((band ^ Math.imul(index + 1, 0x27d4eb2d)) >>> 0) * PLACES
}

function firstAtLeast(keys: Float64Array, key: number): number {
  let [low, high] = [0, keys.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? 0) < key) low = middle + 1
    else high = middle
  }
  return low
}
