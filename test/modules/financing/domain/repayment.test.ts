import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interestByYear, interestSubsidy } from '../../../../src/modules/financing/domain/interest-subsidy.ts'
import { lprOn, yearlyBasisPoints } from '../../../../src/modules/financing/domain/lpr.ts'
import { type Loan, repaymentMethods, repaymentTable } from '../../../../src/modules/financing/domain/repayment.ts'

const loan: fc.Arbitrary<Loan> = fc.record({
  principalFen: fc.integer({ min: 1, max: 1_000_000_000_000 }),
  yearlyBasisPoints: fc.integer({ min: 0, max: 2_000 }),
  months: fc.integer({ min: 1, max: 120 }),
  method: fc.constantFrom(...repaymentMethods),
})
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

describe('a repayment table', () => {
  it('repays the principal to the fen, month by month, and no payment is negative', () => {
    fc.assert(
      fc.property(loan, (one) => {
        const table = repaymentTable(one)
        expect(sum(table.map(({ principalFen }) => principalFen))).toBe(one.principalFen)
        expect(table.at(-1)?.balanceFen).toBe(0)
        const isSound = table.every(
          (line, index) =>
            line.paymentFen === line.principalFen + line.interestFen &&
            line.principalFen >= 0 &&
            line.balanceFen === (table[index - 1]?.balanceFen ?? one.principalFen) - line.principalFen,
        )
        expect(isSound).toBe(true)
      }),
    )
  })

  it('has equal instalments up to rounding', () => {
    const table = repaymentTable({
      principalFen: 100_000_000,
      yearlyBasisPoints: 360,
      months: 12,
      method: 'equal_instalment',
    })
    const payments = table.slice(0, -1).map(({ paymentFen }) => paymentFen)
    expect(new Set(payments)).toEqual(new Set([8_496_726]))
    expect(Math.abs((table.at(-1)?.paymentFen ?? 0) - 8_496_726)).toBeLessThan(12)
  })

  it('pays interest alone until a bullet falls due', () => {
    const table = repaymentTable({ principalFen: 12_000_000, yearlyBasisPoints: 300, months: 3, method: 'bullet' })
    expect(table.map(({ paymentFen }) => paymentFen)).toEqual([30_000, 30_000, 12_030_000])
  })

  it('rounds half a fen of interest up', () => {
    const [first] = repaymentTable({ principalFen: 60, yearlyBasisPoints: 1_000, months: 1, method: 'bullet' })
    expect(first?.interestFen).toBe(1)
  })
})

describe('an interest subsidy', () => {
  const table = interestByYear(
    repaymentTable({ principalFen: 120_000_000, yearlyBasisPoints: 400, months: 24, method: 'bullet' }),
  )

  it('pays its share of each year, down to the fen, within its cap and years', () => {
    const all = [
      { year: 1, interestFen: 4_800_000 },
      { year: 2, interestFen: 4_800_000 },
    ]
    expect(interestSubsidy(table, { basisPoints: 5_000 })).toEqual(
      all.map((year) => ({ ...year, subsidyFen: 2_400_000 })),
    )
    expect(interestSubsidy(table, { basisPoints: 5_000, capFen: 2_000_000, years: 1 })).toEqual([
      { ...all[0], subsidyFen: 2_000_000 },
    ])
  })
})

describe('a rate', () => {
  it('is fixed, or the LPR of the day and term plus basis points', () => {
    expect(yearlyBasisPoints({ kind: 'fixed', percent: 3.65 }, { day: '2026-01-01', termMonths: 12 })).toBe(365)
    expect(yearlyBasisPoints({ kind: 'lpr', basisPoints: 60 }, { day: '2025-06-01', termMonths: 12 })).toBe(360)
    expect(lprOn('2025-05-19', 60)).toBe(360)
    expect(lprOn('2025-05-20', 60)).toBe(350)
  })
})
