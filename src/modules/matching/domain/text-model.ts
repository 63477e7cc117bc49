import { type Embedding, type EmbeddingOptions, trainEmbedding } from './embedding/embedding.ts'
import { fingerprint } from './fingerprint.ts'
import { unigramsOf, unitRuns } from './grams.ts'
import { countIdf, type IdfTable } from './idf.ts'

/** What a market's own texts teach without labels: how rare a gram is and which units keep company. */
export type TextModel = {
  /** Named by content, so that a stored score tells exactly which statistics it was made with. */
  version: string
  idf: IdfTable
  embedding: Embedding
}

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
  return { version: versionOf(idf, embedding), idf, embedding }
}

export function versionOf(idf: IdfTable, embedding: Embedding): string {
  const counts = [...idf.df].map(([gram, count]) => `${gram}\t${count}`).sort()
  return `t1-${fingerprint([`${idf.documents}`, ...counts, ...embedding.places.keys()], embedding.vectors)}`
}
