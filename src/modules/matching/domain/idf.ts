import { unigramsAndBigramsOf, unitRuns } from './grams.ts'

/** In how many of a market's titles a unit or a pair of units stands; `df` lists those of two and more. */
export type IdfTable = {
  documents: number
  df: ReadonlyMap<string, number>
}

/** The order of the texts changes nothing. */
export function countIdf(texts: readonly string[]): IdfTable {
  const df = new Map<string, number>()
  for (const text of texts) {
    for (const gram of new Set(unigramsAndBigramsOf(unitRuns(text)))) df.set(gram, (df.get(gram) ?? 0) + 1)
  }
  // Most pairs stand in a single title; without them the table of 5,200 titles has 4,800 entries.
  return { documents: texts.length, df: new Map([...df].filter(([, count]) => count > 1)) }
}

/**
 * A gram outside the table counts as seen once, so a listing newer than the table still matches by its
 * new words. Never zero: a market of one title compares by plain overlap.
 */
export function idfOf(table: IdfTable, gram: string): number {
  return Math.log(1 + (table.documents + 1) / ((table.df.get(gram) ?? 1) + 1))
}

/** Weight of every distinct gram: (1 + ln count) × idf. The logarithm keeps a repetitive body readable. */
export function weigh(grams: readonly string[], table: IdfTable): Map<string, number> {
  const weights = new Map<string, number>()
  for (const gram of grams) weights.set(gram, (weights.get(gram) ?? 0) + 1)
  for (const [gram, count] of weights) {
    weights.set(gram, count === 1 ? idfOf(table, gram) : (1 + Math.log(count)) * idfOf(table, gram))
  }
  return weights
}
