import { codeOf } from './title-unit.ts'

/** `blockSize` titles turned round: for every code the titles it stands in, as 16-bit places within the block. */
export type TitleBlock = { starts: Uint32Array; titles: Uint16Array }

/** The sums of a block take 128 kB, which the second cache of a core holds; what is not yet a block costs twice the time. */
export const blockSize = 32_768

/** Turns a full block round, by counting: a million units take 10 ms. A repeated unit makes its title stand there twice. */
export function turnRound(block: { starts: Uint32Array; units: Uint16Array; codes: number }): TitleBlock {
  const { units, codes } = block
  const first = block.starts[0] ?? 0
  const end = block.starts[blockSize] ?? 0
  const starts = new Uint32Array(codes + 1)
  for (let at = first; at < end; at++) {
    const code = codeOf(units[at] ?? 0)
    starts[code + 1] = (starts[code + 1] ?? 0) + 1
  }
  for (let code = 0; code < codes; code++) starts[code + 1] = (starts[code + 1] ?? 0) + (starts[code] ?? 0)
  const titles = new Uint16Array(end - first)
  const next = starts.slice()
  for (let title = 0; title < blockSize; title++) {
    for (let at = block.starts[title] ?? 0; at < (block.starts[title + 1] ?? 0); at++) {
      const code = codeOf(units[at] ?? 0)
      const place = next[code] ?? 0
      titles[place] = title
      next[code] = place + 1
    }
  }
  return { starts, titles }
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
