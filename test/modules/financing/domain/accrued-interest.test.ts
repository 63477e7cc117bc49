import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accruedInterest,
  type BalanceChange,
  loanYearOf,
} from '../../../../src/modules/financing/domain/accrued-interest.ts'
import { interestSubsidy } from '../../../../src/modules/financing/domain/interest-subsidy.ts'

const dayOf = (offset: number) => new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10)
const offset = fc.integer({ min: 0, max: 1_500 })
const rate = fc.integer({ min: 0, max: 2_400 })

/** Drawings, and repayments of no more than is owed then. */
const changes: fc.Arbitrary<BalanceChange[]> = fc
  .array(fc.tuple(offset, fc.integer({ min: 1, max: 5_000_000_000 }), fc.boolean()), { maxLength: 8 })
  .map((steps) => {
    let owed = 0
    return [...steps]
      .sort(([one], [other]) => one - other)
      .map(([at, fen, isDrawing]) => {
        const change = isDrawing ? fen : -Math.min(fen, owed)
        owed += change
        return { day: dayOf(at), fen: change }
      })
  })

describe('the interest of a loan', () => {
  it('is the balance of each day at a 360th of the rate', () => {
    const loan = [
      { day: '2026-01-01', fen: 36_000_000 },
      { day: '2026-01-11', fen: -36_000_000 },
    ]
    // 360,000 yuan at 3.65 % for ten days: 36.5 yuan a day
    expect(accruedInterest(loan, 365, { from: '2026-01-01', to: '2027-01-01' })).toBe(36_500)
    expect(accruedInterest(loan, 365, { from: '2026-01-06', to: '2026-01-08' })).toBe(7_300)
    expect(accruedInterest(loan, 365, { from: '2026-02-01', to: '2026-03-01' })).toBe(0)
  })

  it('is whole, never negative, and a period is worth its parts to the fen', () => {
    fc.assert(
      fc.property(changes, rate, offset, offset, offset, (loan, basisPoints, a, b, c) => {
        const [from = 0, middle = 0, to = 0] = [a, b, c].sort((one, other) => one - other)
        const of = (first: number, last: number) =>
          accruedInterest(loan, basisPoints, { from: dayOf(first), to: dayOf(last) })
        const [whole, parts] = [of(from, to), of(from, middle) + of(middle, to)]
        expect(Number.isSafeInteger(whole)).toBe(true)
        expect(whole).toBeGreaterThanOrEqual(0)
        expect(whole - parts).toBeGreaterThanOrEqual(0)
        expect(whole - parts).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('has years that follow each other from the first drawing', () => {
    expect([loanYearOf('2024-02-29', 1), loanYearOf('2024-02-29', 2)]).toEqual([
      { from: '2024-02-29', to: '2025-02-28' },
      { from: '2025-02-28', to: '2026-02-28' },
    ])
  })
})

describe('an interest subsidy', () => {
  const years = fc.array(fc.integer({ min: 0, max: 9_000_000_000_000 }), { maxLength: 10 })
  it('pays whole fen, never more than the share, the cap or the interest, and only its years', () => {
    fc.assert(
      fc.property(
        years,
        fc.integer({ min: 0, max: 10_000 }),
        fc.nat(),
        fc.integer({ min: 1, max: 5 }),
        (all, bp, cap, n) => {
          const paid = interestSubsidy(all, { basisPoints: bp, capFen: cap, years: n })
          expect(paid).toHaveLength(Math.min(n, all.length))
          for (const { interestFen, subsidyFen } of paid) {
            expect(Number.isSafeInteger(subsidyFen)).toBe(true)
            expect(BigInt(subsidyFen) * 10_000n <= BigInt(interestFen) * BigInt(bp)).toBe(true)
            expect(subsidyFen).toBeLessThanOrEqual(cap)
          }
        },
      ),
    )
  })
})
