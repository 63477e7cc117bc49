import { greatest } from './greatest.ts'
import { type GreatestOfStream, greatestOfStream } from './greatest-of-stream.ts'
import { addShares, blockSize } from './title-block.ts'
import type { TitleQuery } from './title-query.ts'
import { endOfUnits, firstUnit } from './title-records.ts'
import type { TitleStore } from './title-store.ts'
import { codeOf } from './title-unit.ts'

/**
 * The first look adds this many shares per title on average instead of its 16, those of the weightiest characters. Of the
 * 200 with the best full estimates among 300,000 synthetic titles (by model v4) its best 3,000 hold 0.981; with 2 they hold 0.989
 * in two fifths more time. Its best 2,000 hold 0.949.
 */
const additionsPerTitle = 1

/**
 * The slots of the titles that the weightiest characters of the query speak for, as many as are wanted, in no order. Whole
 * numbers, because a sum of floats waits four cycles for the one before.
 */
export function roughLook(store: TitleStore, { rough }: TitleQuery, wanted: number): Uint32Array {
  const found = lookThrough(store, rough, { wanted, isGuessing: true })
  return found.length < Math.min(wanted, store.size) ? lookThrough(store, rough, { wanted, isGuessing: false }) : found
}

/**
 * With a guess every fourth title of the first block tells where the floor will lie, with a reserve of half: of 300,000 titles
 * 5,000 are gathered instead of 43,000. Where the best stand together in that block the guess leaves too few.
 */
const reserve = 1.5
const sampleStep = 4

type Look = { wanted: number; isGuessing: boolean }

function lookThrough(store: TitleStore, rough: Int32Array, { wanted, isGuessing }: Look): Uint32Array {
  const { size, blocks, roughScales } = store
  const found = greatestOfStream(wanted)
  const codes = weightyCodes(store, rough)
  const sums = new Int32Array(blockSize)
  blocks.forEach((block, index) => {
    addShares(block, codes, rough, sums)
    if (isGuessing && index === 0) found.floor = guessFloor(sums, roughScales, wanted / size)
    addGreatest(found, sums, roughScales, index * blockSize)
    sums.fill(0)
  })
  for (let slot = blocks.length * blockSize; slot < size; slot++) {
    const estimate = sumOfTitle(store, rough, slot) * (roughScales[slot] ?? 0)
    if (estimate > found.floor) found.add(slot, estimate)
  }
  return found.slots()
}

/** What the wanted share of all titles, and half as many again, is likely to be greater than. */
function guessFloor(sums: Int32Array, scales: Float32Array, share: number): number {
  const sample = new Float32Array(sums.length / sampleStep)
  for (let i = 0; i < sample.length; i++) sample[i] = (sums[i * sampleStep] ?? 0) * (scales[i * sampleStep] ?? 0)
  const rank = Math.ceil(reserve * share * sample.length)
  if (rank >= sample.length) return Number.NEGATIVE_INFINITY
  return greatest(sample, rank).reduce((least, at) => Math.min(least, sample[at] ?? 0), Number.POSITIVE_INFINITY)
}

/** Two loops, because one that calls nothing takes half as long a title. */
function addGreatest(found: GreatestOfStream, sums: Int32Array, scales: Float32Array, first: number): void {
  const above = placesAbove(found.floor, sums, scales, first)
  for (let at = 0; at < above.length; at++) {
    const place = above[at] ?? 0
    const estimate = (sums[place] ?? 0) * (scales[first + place] ?? 0)
    if (estimate > found.floor) found.add(first + place, estimate)
  }
}

const places = new Uint16Array(blockSize)

/** The comparison comes out alike for nearly every title, which is what a processor guesses well. */
function placesAbove(floor: number, sums: Int32Array, scales: Float32Array, first: number): Uint16Array {
  let count = 0
  for (let i = 0; i < sums.length; i++) {
    if ((sums[i] ?? 0) * (scales[first + i] ?? 0) <= floor) continue
    places[count] = i
    count += 1
  }
  return places.subarray(0, count)
}

function sumOfTitle({ records }: TitleStore, rough: Int32Array, slot: number): number {
  const end = endOfUnits(records, slot)
  let sum = 0
  for (let at = firstUnit(records, slot); at < end; at++) sum = (sum + (rough[codeOf(records.units[at] ?? 0)] ?? 0)) | 0
  return sum
}

const codeBits = 2 ** 16

/** The codes with the greatest shares, as long as they do not stand in titles more often than there are titles. */
function weightyCodes({ counts, size }: TitleStore, rough: Int32Array): Uint16Array {
  // Share and code in one number, because numbers sort five times as fast as by a function.
  const shares = new Float64Array(rough.length)
  let positive = 0
  for (let code = 0; code < rough.length; code++) {
    const share = rough[code] ?? 0
    if (share > 0) shares[positive++] = share * codeBits + code
  }
  const sorted = shares.subarray(0, positive).sort()
  const chosen: number[] = []
  let left = size * additionsPerTitle
  for (let place = positive - 1; place >= 0 && left > 0; place--) {
    const code = (sorted[place] ?? 0) % codeBits
    chosen.push(code)
    left -= counts[code] ?? 0
  }
  return Uint16Array.from(chosen)
}
