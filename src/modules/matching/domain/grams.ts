/** Grammar and set phrases of titles: "一种…方法及其应用" says little of what the thing is. */
export const BOILERPLATE =
  /一种|一类|及其|以及|基于|用于|关于|针对|面向|具有|进行|有关|相关|本项目|[的了和与及或在是为对等之其以于从由将把被]/gu

const RUN = /[\p{L}\p{N}]+/gu
/** A Chinese character alone, or a run of other letters and digits ("pvc", "5g"), is one unit. */
const UNIT = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu

/** Enough for any description; what a longer text adds is not worth the time of every pair. */
const MAX_UNITS = 4000
/** A longer run of letters is a hash or an encoded file, not a word. */
const MAX_UNIT_LENGTH = 32

/**
 * The units of a text, one list per stretch between spaces, signs and boilerplate, so that a pair of
 * neighbours never joins what the writer kept apart.
 */
export function unitRuns(text: string): string[][] {
  const runs: string[][] = []
  let left = MAX_UNITS
  const plain = text.normalize('NFKC').toLowerCase().replace(BOILERPLATE, ' ')
  for (const [run] of plain.matchAll(RUN)) {
    const units = (run.match(UNIT) ?? []).filter((unit) => unit.length <= MAX_UNIT_LENGTH).slice(0, left)
    if (units.length > 0) runs.push(units)
    left -= units.length
    if (left <= 0) break
  }
  return runs
}

/** In a loop instead of `flat`, because every title goes through it. */
export function unigramsOf(runs: readonly string[][]): string[] {
  const found: string[] = []
  for (const units of runs) for (const unit of units) found.push(unit)
  return found
}

/** Pairs of neighbours; the blank inside tells a pair from a unit. */
export function bigramsOf(runs: readonly string[][]): string[] {
  const pairs: string[] = []
  for (const units of runs) {
    for (let i = 1; i < units.length; i++) pairs.push(`${units[i - 1]} ${units[i]}`)
  }
  return pairs
}

export function unigramsAndBigramsOf(runs: readonly string[][]): string[] {
  return [...unigramsOf(runs), ...bigramsOf(runs)]
}
