import { traitsPerTitle } from './title-traits.ts'

/**
 * What brings a title's embedding, its characters and its grams to length 1, its mean idf, and the mean and the inverse
 * deviation of what it has in common with demands at large, in this order.
 */
export const scalesPerTitle = 6

/**
 * All that the close look reads of a title, side by side, so that it is one visit to memory: its scales, the codes of its
 * traits in the order of `traitFeatures`, and its units. One memory with a view for each; the record of title i lies from
 * starts[i] to starts[i + 1], in words of four bytes.
 */
export type TitleRecords = {
  starts: Uint32Array
  words: Uint32Array
  scales: Float32Array
  /** Codes, 0 where a run ends and marked where one repeats (see `title-unit.ts`). */
  units: Uint16Array
}

export type TitleRecord = { scales: readonly number[]; traitCodes: readonly number[]; units: readonly number[] }

const wordsBeforeUnits = scalesPerTitle + traitsPerTitle
const unitsPerWord = 2

export function titleRecords(): TitleRecords {
  return { starts: new Uint32Array(1024), ...viewsOf(new Uint32Array(20 * 1024)) }
}

/** The next record, of the title at the slot. An odd unit is followed by one end of a run more. */
export function addRecord(records: TitleRecords, slot: number, { scales, traitCodes, units }: TitleRecord): void {
  const start = records.starts[slot] ?? 0
  const end = start + wordsBeforeUnits + Math.ceil(units.length / unitsPerWord)
  makeRoom(records, slot, end)
  records.scales.set(scales, start)
  records.words.set(traitCodes, start + scalesPerTitle)
  records.units.set(units, firstUnit(records, slot))
  records.starts[slot + 1] = end
}

/** Where the title's first unit stands. */
export function firstUnit({ starts }: TitleRecords, slot: number): number {
  return ((starts[slot] ?? 0) + wordsBeforeUnits) * unitsPerWord
}

/** Where the title's units end. */
export function endOfUnits({ starts }: TitleRecords, slot: number): number {
  return (starts[slot + 1] ?? 0) * unitsPerWord
}

/** Where the title's scales begin. */
export function firstScale({ starts }: TitleRecords, slot: number): number {
  return starts[slot] ?? 0
}

export function traitCodeAt({ starts, words }: TitleRecords, slot: number, place: number): number {
  return words[(starts[slot] ?? 0) + scalesPerTitle + place] ?? 0
}

/** Without scales a title is like nothing. */
export function clearScales({ starts, scales }: TitleRecords, slot: number): void {
  const start = starts[slot] ?? 0
  scales.fill(0, start, start + scalesPerTitle)
}

/** Doubles what is full, so that a title costs constant time on average. */
function makeRoom(records: TitleRecords, slot: number, end: number): void {
  if (slot + 2 > records.starts.length) {
    const starts = new Uint32Array(records.starts.length * 2)
    starts.set(records.starts)
    records.starts = starts
  }
  if (end <= records.words.length) return
  const words = new Uint32Array(records.words.length * 2)
  words.set(records.words)
  Object.assign(records, viewsOf(words))
}

function viewsOf(words: Uint32Array) {
  return { words, scales: new Float32Array(words.buffer), units: new Uint16Array(words.buffer) }
}
