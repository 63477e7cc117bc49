import { FEATURES } from '../features/features.ts'
import type { Prepared } from '../prepare.ts'
import { greatest } from './greatest.ts'
import { blockSize, sumShares } from './title-block.ts'
import { bucketOf, sumsPerCode, type TitleQuery } from './title-query.ts'
import { scalesPerTitle, type TitleStore, traitFeatures } from './title-store.ts'

/** A title and its latent score, as far as title, body of the asker and traits tell. */
export type FoundTitle = { slot: number; estimate: number }

/**
 * Looked at closely: 10 titles for one that is wanted, at least 4,000. Among 300,000 synthetic titles 4,000 hold 0.9998 of
 * the 200 with the best full estimates and 2,000 hold 0.995; a thousand more cost 0.5 ms.
 */
const closelyPerWanted = 10
const leastClosely = 4_000

/**
 * The first look adds this many shares per title on average instead of its 16, those of the weightiest characters. With
 * 2 it takes 2.8 ms among 300,000 titles; to read all of them takes 6.5 ms and finds no more. With 0.5 it finds 0.987.
 */
const additionsPerTitle = 2

/** Of those that come into question this many times as many are put in order as are wanted: some do not pass the gates. */
const orderedPerWanted = 4

/**
 * The titles with the greatest estimates that `admits` lets pass, greatest first. Two looks: the first adds up the
 * shares of the weightiest characters; the second computes the three cosines of the best of the first, with character
 * pairs, and adds the traits. `admits` is asked for the best alone, until as many as are wanted have passed.
 */
export function scanTitles(
  store: TitleStore,
  query: TitleQuery,
  wanted: number,
  admits: (slot: number) => boolean = () => true,
): FoundTitle[] {
  const slots = greatest(roughEstimates(store, query), Math.max(leastClosely, wanted * closelyPerWanted))
  const traitsOf = traitEstimates(store, query)
  const close = Float32Array.from(slots, (slot) => closeEstimate(store, query, slot) + traitsOf(slot))
  const best = [...greatest(close, wanted * orderedPerWanted)]
    .map((index) => ({ slot: slots[index] ?? 0, estimate: close[index] ?? 0 }))
    .filter(({ slot }) => !store.dropped.has(slot))
    .sort((a, b) => b.estimate - a.estimate || b.slot - a.slot)
  const found: FoundTitle[] = []
  for (const one of best) {
    if (found.length >= wanted) break
    if (admits(one.slot)) found.push(one)
  }
  return found
}

/** Whole numbers, because a sum of floats waits four cycles for the one before. */
function roughEstimates(store: TitleStore, { rough }: TitleQuery): Float32Array {
  const { size, blocks, scales } = store
  const estimates = new Float32Array(size)
  const codes = weightyCodes(store, rough)
  const sums = new Int32Array(blockSize)
  blocks.forEach((block, index) => {
    sumShares(block, codes, rough, sums)
    const first = index * blockSize
    for (let i = 0; i < blockSize; i++) {
      estimates[first + i] = (sums[i] ?? 0) * (scales[(first + i) * scalesPerTitle + 1] ?? 0)
    }
  })
  for (let slot = blocks.length * blockSize; slot < size; slot++) {
    estimates[slot] = sumOfTitle(store, rough, slot) * (scales[slot * scalesPerTitle + 1] ?? 0)
  }
  return estimates
}

function sumOfTitle({ starts, units }: TitleStore, rough: Int32Array, slot: number): number {
  const end = starts[slot + 1] ?? 0
  let sum = 0
  for (let at = starts[slot] ?? 0; at < end; at++) sum = (sum + (rough[units[at] ?? 0] ?? 0)) | 0
  return sum
}

/** The codes with the greatest shares, as long as they do not stand in titles more often than twice the market's size. */
function weightyCodes({ counts, size }: TitleStore, rough: Int32Array): Uint16Array {
  const positive = Uint16Array.from(rough.keys()).filter((code) => (rough[code] ?? 0) > 0)
  positive.sort((a, b) => (rough[b] ?? 0) - (rough[a] ?? 0))
  let left = size * additionsPerTitle
  let chosen = 0
  while (chosen < positive.length && left > 0) {
    left -= counts[positive[chosen] ?? 0] ?? 0
    chosen += 1
  }
  return positive.subarray(0, chosen)
}

function closeEstimate(
  { starts, units, scales }: TitleStore,
  { sums, pairs, weights }: TitleQuery,
  slot: number,
): number {
  const end = starts[slot + 1] ?? 0
  let embeddingSum = 0
  let charactersSum = 0
  let contentSum = 0
  let left = 0
  for (let at = starts[slot] ?? 0; at < end; at++) {
    const code = units[at] ?? 0
    const from = code * sumsPerCode
    embeddingSum += sums[from] ?? 0
    charactersSum += sums[from + 1] ?? 0
    contentSum += sums[from + 2] ?? 0
    if (left !== 0 && code !== 0) contentSum += pairs[bucketOf(left, code)] ?? 0
    left = code
  }
  const scale = slot * scalesPerTitle
  return (
    weights.embedding * embeddingSum * (scales[scale] ?? 0) +
    weights.characters * charactersSum * (scales[scale + 1] ?? 0) +
    weights.content * Math.sqrt(contentSum * (scales[scale + 2] ?? 0)) +
    weights.rarity * (scales[scale + 3] ?? 0)
  )
}

/** What the traits add, once for each distinct value of them: comparing two costs as much as two titles. */
function traitEstimates({ traits }: TitleStore, query: TitleQuery): (slot: number) => number {
  const known = traits.map(({ shells }) => new Float32Array(shells.length).fill(Number.NaN))
  return (slot) => {
    let sum = 0
    for (let index = 0; index < traits.length; index++) {
      const code = traits[index]?.codes[slot] ?? 0
      const values = known[index]
      if (values === undefined) continue
      if (Number.isNaN(values[code])) values[code] = traitEstimate(query, index, traits[index]?.shells[code])
      sum += values[code] ?? 0
    }
    return sum
  }
}

/** Absent, a feature counts as in an average pair, not as in strangers. */
function traitEstimate({ shell, isDemand, weights }: TitleQuery, index: number, other: Prepared | undefined): number {
  const { perUnit, mean } = weights.traits[index] ?? { perUnit: 0, mean: 0 }
  const feature = traitFeatures[index]
  if (feature === undefined || other === undefined || perUnit === 0) return 0
  const value = isDemand ? FEATURES[feature].measure(shell, other) : FEATURES[feature].measure(other, shell)
  return value === undefined ? 0 : perUnit * (value - mean)
}
