import { greatest } from './greatest.ts'

export type GreatestOfStream = {
  /** What is not greater need not be added. A caller that knows where it will lie may raise it. */
  floor: number
  add: (slot: number, value: number) => void
  /** As many as were wanted, or all when fewer were added. */
  slots: () => Uint32Array
}

/** How many are gathered before the least are thrown out again: with 4 a third of a million values are gone through twice. */
const roomPerWanted = 4

/**
 * Keeps the slots of the greatest values of those that come by, without holding all values. A value costs one comparison
 * with the floor, which rises every time the room is full.
 */
export function greatestOfStream(wanted: number): GreatestOfStream {
  const slots = new Uint32Array(wanted * roomPerWanted)
  const values = new Float32Array(slots.length)
  let size = 0
  const keepGreatest = () => {
    const kept = greatest(values.subarray(0, size), wanted)
    let least = Number.POSITIVE_INFINITY
    for (let to = 0; to < kept.length; to++) {
      // `from` ascends and is never before `to`, so nothing is overwritten that is still to be read.
      const from = kept[to] ?? 0
      const value = values[from] ?? 0
      slots[to] = slots[from] ?? 0
      values[to] = value
      if (value < least) least = value
    }
    size = kept.length
    if (size === wanted) stream.floor = least
  }
  const stream: GreatestOfStream = {
    floor: Number.NEGATIVE_INFINITY,
    add: (slot, value) => {
      slots[size] = slot
      values[size] = value
      size += 1
      if (size === slots.length) keepGreatest()
    },
    slots: () => {
      keepGreatest()
      return slots.slice(0, size)
    },
  }
  return stream
}
