import { bigramsOf, unigramsOf } from './grams.ts'
import { type IdfTable, weigh } from './idf.ts'
import { type SparseVector, sparseVector } from './sparse.ts'

/** Units and pairs of title and body as a vector; undefined without a body, since the title has features of its own. */
export function contentGramsOf(
  titleRuns: readonly string[][],
  bodyRuns: readonly string[][],
  idf: IdfTable,
): SparseVector | undefined {
  if (bodyRuns.length === 0) return undefined
  const runs = [...titleRuns, ...bodyRuns]
  return sparseVector(weigh(unigramsOf(runs), idf), weigh(bigramsOf(runs), idf))
}
