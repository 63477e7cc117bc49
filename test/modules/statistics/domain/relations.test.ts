import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRelation, type Relation } from '../../../../src/modules/statistics/domain/relations.ts'

const two = { amounts: 2, rates: 2 }
const rounded = (value: number, digits: number) => Number(value.toFixed(digits))
const amount = fc.integer({ min: 1_000, max: 1_000_000_000 }).map((cents) => cents / 100)

describe('figures that contradict each other', () => {
  it('are flagged in the report of Wuhu: 101.33, up by 47.23, is not +74.54 %', () => {
    const reported = { kind: 'growth', value: 101.33, increase: 47.23, ratePercent: 74.54 } as const
    const found = checkRelation(reported, two)
    expect(found.isConsistent).toBe(false)
    expect(found.recomputed).toBeCloseTo(87.3, 1)
    expect(checkRelation({ ...reported, ratePercent: 87.3 }, two).isConsistent).toBe(true)
  })

  it.each<[Relation, boolean]>([
    // 授信 345亿, balance 131亿: 38 % in whole hundred millions, and 1,087 firms with 0.3174 each
    [{ kind: 'share', part: 131, whole: 345, ratePercent: 38 }, true],
    [{ kind: 'share', part: 131, whole: 345, ratePercent: 40 }, false],
    [{ kind: 'sum', parts: [9.13, 8.9], total: 18.03 }, true],
    [{ kind: 'sum', parts: [9.13, 8.9], total: 19.03 }, false],
    [{ kind: 'at_most', part: 131, whole: 345 }, true],
    [{ kind: 'at_most', part: 346.1, whole: 345 }, false],
    [{ kind: 'share', part: 0, whole: 0.004, ratePercent: 60 }, true],
  ])('%j: %s', (relation, isConsistent) => {
    const digits = relation.kind === 'sum' ? two : { amounts: 0, rates: 0 }
    expect(checkRelation(relation, digits).isConsistent).toBe(isConsistent)
  })

  it('takes an average for what total and count make of it', () => {
    const average = { kind: 'average', total: 345, count: 1_087, average: 0.32 } as const
    expect(checkRelation(average, two).isConsistent).toBe(true)
    expect(checkRelation({ ...average, average: 0.5 }, two).isConsistent).toBe(false)
  })
})

describe('figures that were rounded', () => {
  it('are never flagged, whatever the true ones were', () => {
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 2 }), (one, other, digits) => {
        const [part, whole] = one < other ? [one, other] : [other, one]
        const kept = { amounts: digits, rates: 1 }
        const [small, large] = [rounded(part, digits), rounded(whole, digits)]
        const relations: Relation[] = [
          { kind: 'share', part: small, whole: large, ratePercent: rounded((part / whole) * 100, 1) },
          { kind: 'sum', parts: [small, large], total: rounded(part + whole, digits) },
          { kind: 'at_most', part: small, whole: large },
          { kind: 'average', total: large, count: 7, average: rounded(whole / 7, digits) },
          {
            ...{ kind: 'growth', value: rounded(whole + part, digits), increase: small },
            ratePercent: rounded((part / whole) * 100, 1),
          },
        ]
        for (const relation of relations) expect(checkRelation(relation, kept)).toMatchObject({ isConsistent: true })
      }),
    )
  })

  it('are flagged when the rate is a tenth away from every rounding', () => {
    fc.assert(
      fc.property(amount, amount, (part, whole) => {
        const wrong = (part / whole) * 100 * 1.1 + 1
        expect(checkRelation({ kind: 'share', part, whole, ratePercent: wrong }, two).isConsistent).toBe(false)
      }),
    )
  })
})
