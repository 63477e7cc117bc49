import { type Embedding, type EmbeddingOptions, trainEmbedding } from './embedding/embedding.ts'
import { fingerprint, hashText } from './fingerprint.ts'
import { unigramsOf, unitRuns } from './grams.ts'
import { countIdf, type IdfTable } from './idf.ts'

/** What a market's own texts teach without labels: how rare a gram is and which units keep company. */
export type TextModel = {
  /** Named by content, so that a stored score tells exactly which statistics it was made with. */
  version: string
  idf: IdfTable
  embedding: Embedding
  /** Titles that stand for the whole market: what a demand has in common with just anything. */
  reference: readonly string[]
}

/** A mean over 200 titles is off by a fourteenth of one deviation; 1,000 give the same Score within 0.001. */
const REFERENCE_TITLES = 200

/**
 * Trains on the titles of a market, supplies and demands alike. The same titles and seed give the same
 * bytes, in any order of titles. 6,000 titles take 1.0 s on one core.
 */
export function trainTextModel(titles: readonly string[], options: EmbeddingOptions): TextModel {
  const idf = countIdf(titles)
  const embedding = trainEmbedding(
    titles.map((title) => unigramsOf(unitRuns(title))),
    options,
  )
  const known = { idf, embedding, reference: chooseReference(titles) }
  return { version: versionOf(known), ...known }
}

export function versionOf({ idf, embedding, reference }: Omit<TextModel, 'version'>): string {
  const counts = [...idf.df].map(([gram, count]) => `${gram}\t${count}`).sort()
  const texts = [`${idf.documents}`, ...counts, ...embedding.places.keys(), ...reference]
  return `t1-${fingerprint(texts, embedding.vectors)}`
}

/** By hash, so that the choice is even, and the same in any order of titles. */
function chooseReference(titles: readonly string[]): string[] {
  return [...new Set(titles)]
    .map((title) => ({ title, place: hashText(title) }))
    .sort((a, b) => a.place - b.place || (a.title < b.title ? -1 : 1))
    .slice(0, REFERENCE_TITLES)
    .map(({ title }) => title)
}
