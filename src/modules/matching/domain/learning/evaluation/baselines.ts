/** A text as the words that an index would hold. */
export type Words = readonly string[]

/** What ranks a supply's title for a demand: greater is better. */
export type Ranker = (demand: Words, title: Words) => number

const K1 = 1.2
const B = 0.75

/** Okapi BM25 over titles, with Lucene's idf, which is never negative. */
export function bm25(titles: readonly Words[]): Ranker {
  const df = new Map<string, number>()
  for (const title of titles) for (const word of new Set(title)) df.set(word, (df.get(word) ?? 0) + 1)
  const meanLength = titles.reduce((sum, title) => sum + title.length, 0) / Math.max(1, titles.length)
  return (demand, title) => {
    const counts = countsOf(title)
    let sum = 0
    for (const word of new Set(demand)) {
      const count = counts.get(word)
      if (count === undefined) continue
      const known = df.get(word) ?? 0
      const idf = Math.log(1 + (titles.length - known + 0.5) / (known + 0.5))
      sum += (idf * count * (K1 + 1)) / (count + K1 * (1 - B + (B * title.length) / meanLength))
    }
    return sum
  }
}

/** PostgreSQL's ts_rank of the OR of the demand's words: a term counts 1 + 1/4 + 1/9 …, and none is rarer than another. */
export const tsRank: Ranker = (demand, title) => {
  const counts = countsOf(title)
  const asked = new Set(demand)
  let sum = 0
  for (const word of asked) {
    for (let place = 1; place <= (counts.get(word) ?? 0); place++) sum += (0.1 / place ** 2) * (6 / Math.PI ** 2)
  }
  return sum / Math.max(1, asked.size)
}

function countsOf(words: Words): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
