import { dot } from '../embedding/embedding.ts'
import type { Feature } from './feature.ts'

/**
 * Cosine of the titles' embeddings: near when their characters keep the same company in this market's titles. Without evidence: which
 * characters the embedding holds for alike (求 and 预) is nothing that a broker could check.
 */
export const titleEmbedding: Feature = {
  name: 'title_embedding',
  measure: ({ titleVector: demand }, { titleVector: supply }) => demand && supply && dot(demand, supply),
  evidence: () => [],
}
