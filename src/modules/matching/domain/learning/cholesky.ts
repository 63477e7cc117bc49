/** A symmetric positive definite matrix as rows of its lower triangle. */
export type Symmetric = readonly Float64Array[]

/** The lower triangular factor L with L·Lᵀ = matrix; undefined when the matrix is not positive definite. */
export function cholesky(matrix: Symmetric): Float64Array[] | undefined {
  const factor: Float64Array[] = []
  for (const [i, source] of matrix.entries()) {
    const row = new Float64Array(i + 1)
    factor.push(row)
    for (let j = 0; j < i; j++) row[j] = restOf({ source, row }, factor[j] ?? row, j) / (factor[j]?.[j] ?? 1)
    const pivot = restOf({ source, row }, row, i)
    if (!(pivot > 0)) return undefined
    row[i] = Math.sqrt(pivot)
  }
  return factor
}

type Rows = { source: Float64Array; row: Float64Array }

/** The entry less what the columns before it already account for. */
function restOf({ source, row }: Rows, other: Float64Array, column: number): number {
  let sum = source[column] ?? 0
  for (let k = 0; k < column; k++) sum -= (row[k] ?? 0) * (other[k] ?? 0)
  return sum
}

/** x with L·Lᵀ·x = b. */
export function solve(factor: readonly Float64Array[], b: ArrayLike<number>): Float64Array {
  const x = Float64Array.from(b)
  for (const [i, row] of factor.entries()) {
    let sum = x[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (row[k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (row[i] ?? 1)
  }
  for (let i = factor.length - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < factor.length; k++) sum -= (factor[k]?.[i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (factor[i]?.[i] ?? 1)
  }
  return x
}
