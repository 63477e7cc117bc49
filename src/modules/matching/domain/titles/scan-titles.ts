import { closeLook } from './close-look.ts'
import { descending } from './descending.ts'
import { greatest } from './greatest.ts'
import { roughLook } from './rough-look.ts'
import type { TitleQuery } from './title-query.ts'
import type { TitleStore } from './title-store.ts'

/** A title and its latent score, as far as title, body of the asker and traits tell. */
export type FoundTitle = { slot: number; estimate: number }

/**
 * Looked at closely: 10 titles for one that is wanted, at least 3,000, and one in a hundred of a market beyond 300,000; a thousand
 * more cost 0.9 ms. Among a million the best 3,000 of the first look would hold 0.913 of the 200 with the best estimates.
 */
const closelyPerWanted = 10
const leastClosely = 3_000
const closelyPerTitle = 0.01

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
  const closely = Math.max(leastClosely, wanted * closelyPerWanted, Math.ceil(store.size * closelyPerTitle))
  const slots = roughLook(store, query, closely)
  const estimates = closeLook(store, query, slots)
  const best = descending(estimates, greatest(estimates, wanted * orderedPerWanted))
  const found: FoundTitle[] = []
  for (let place = 0; place < best.length && found.length < wanted; place++) {
    const one = best[place] ?? 0
    const slot = slots[one] ?? 0
    if (!store.dropped.has(slot) && admits(slot)) found.push({ slot, estimate: estimates[one] ?? 0 })
  }
  return found
}
