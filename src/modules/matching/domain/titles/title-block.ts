import { endOfUnits, firstUnit, type TitleRecords } from './title-records.ts'
import { codeOf } from './title-unit.ts'

/** `blockSize` titles turned round: for every code the titles it stands in, as 16-bit places within the block. */
export type TitleBlock = { starts: Uint32Array; titles: Uint16Array }

/** The sums of a block take 128 kB, which the second cache of a core holds; what is not yet a block costs twice the time. */
export const blockSize = 32_768

/** Turns the titles of a full block round, by counting: a million units take 10 ms. A repeated unit makes its title stand there twice. */
export function turnRound(records: TitleRecords, block: { from: number; codes: number }): TitleBlock {
  const starts = new Uint32Array(block.codes + 1)
  let units = 0
  eachUnit(records, block.from, (code) => {
    starts[code + 1] = (starts[code + 1] ?? 0) + 1
    units += 1
  })
  for (let code = 0; code < block.codes; code++) starts[code + 1] = (starts[code + 1] ?? 0) + (starts[code] ?? 0)
  const titles = new Uint16Array(units)
  const next = starts.slice()
  eachUnit(records, block.from, (code, title) => {
    const place = next[code] ?? 0
    titles[place] = title
    next[code] = place + 1
  })
  return { starts, titles }
}

function eachUnit(records: TitleRecords, from: number, visit: (code: number, title: number) => void): void {
  for (let title = 0; title < blockSize; title++) {
    const end = endOfUnits(records, from + title)
    for (let at = firstUnit(records, from + title); at < end; at++) visit(codeOf(records.units[at] ?? 0), title)
  }
}

/** Adds each code's share to the sums of the titles that it stands in, by their places in the block. */
export function addShares(block: TitleBlock, codes: Uint16Array, shares: Int32Array, sums: Int32Array): void {
  const { starts, titles } = block
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0
    const share = shares[code] ?? 0
    const end = starts[code + 1] ?? 0
    for (let at = starts[code] ?? end; at < end; at++) {
      const title = titles[at] ?? 0
      sums[title] = (sums[title] ?? 0) + share
    }
  }
}
