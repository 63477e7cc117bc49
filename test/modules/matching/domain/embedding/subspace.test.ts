import { describe, expect, it } from 'vitest'
import { ppmiOf } from '../../../../../src/modules/matching/domain/embedding/cooccurrence.ts'
import { dominantSubspace } from '../../../../../src/modules/matching/domain/embedding/subspace.ts'

function diagonal(values: number[]) {
  return {
    size: values.length,
    starts: Uint32Array.from([0, ...values.map((_, i) => i + 1)]),
    columns: Uint32Array.from(values, (_, i) => i),
    values: Float64Array.from(values),
  }
}

const dotOf = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)

describe('dominantSubspace', () => {
  it('spans the directions of the largest singular values, whatever their sign', () => {
    const basis = dominantSubspace(diagonal([1, -50, 2, 40, 1]), 2, 3)
    const lengthWithin = (place: number) => basis.reduce((sum, column) => sum + (column[place] ?? 0) ** 2, 0)
    expect([0, 1, 2, 3, 4].map(lengthWithin).map((x) => Number(x.toFixed(3)))).toEqual([0, 1, 0, 1, 0])
  })

  it('is orthonormal', () => {
    const basis = dominantSubspace(
      ppmiOf(
        [
          [0, 1],
          [1, 2],
          [3, 4],
          [0, 4, 5],
        ],
        6,
      ),
      4,
      3,
    )
    for (const [i, a] of basis.entries()) {
      for (const [j, b] of basis.entries()) expect(dotOf(a, b)).toBeCloseTo(i === j ? 1 : 0, 10)
    }
  })

  it('has no more columns than the matrix has rank', () => {
    expect(dominantSubspace(diagonal([3, 0, 0]), 3, 3)).toHaveLength(1)
    expect(dominantSubspace(diagonal([]), 3, 3)).toEqual([])
  })
})

describe('ppmiOf', () => {
  it('is symmetric and positive', () => {
    const matrix = ppmiOf([[0, 1], [0, 1, 2], [2, 3], [3]], 4)
    const entries = new Map<string, number>()
    for (let row = 0; row < matrix.size; row++) {
      for (let e = matrix.starts[row] ?? 0; e < (matrix.starts[row + 1] ?? 0); e++) {
        entries.set(`${row},${matrix.columns[e]}`, matrix.values[e] ?? 0)
      }
    }
    expect(entries.size).toBeGreaterThan(0)
    for (const [key, value] of entries) {
      expect(value).toBeGreaterThan(0)
      expect(entries.get(key.split(',').reverse().join(','))).toBeCloseTo(value, 10)
    }
  })
})
