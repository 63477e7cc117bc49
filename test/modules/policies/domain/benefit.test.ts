import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AmountBenefit,
  claimAmount,
  type InterestBenefit,
  periodOf,
} from '../../../../src/modules/policies/domain/benefit.ts'
import { versionOn } from '../../../../src/modules/policies/domain/policy.ts'
import { factsOf } from '../../../rules/support.ts'

const day = '2026-06-01'
const fen = fc.integer({ min: 1, max: 9_000_000_000_000_000 })
const basisPoints = fc.integer({ min: 1, max: 10_000 })

describe('what a claim comes to', () => {
  it('is a whole number of fen, never above share or cap, and never less for a larger base', () => {
    fc.assert(
      fc.property(fen, fen, basisPoints, fen, (one, other, share, capFen) => {
        const benefit: AmountBenefit = { form: 'amount', base: 'revenueFen', basisPoints: share, capFen, limit: 'once' }
        const amount = (base: number) => claimAmount(benefit, { facts: factsOf({ revenueFen: base }), day }) ?? -1
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(Number.isSafeInteger(amount(low))).toBe(true)
        expect(BigInt(amount(low)) * 10_000n <= BigInt(low) * BigInt(share)).toBe(true)
        expect(amount(low)).toBeLessThanOrEqual(Math.min(capFen, amount(high)))
      }),
    )
  })

  it('of the interest of a loan ends with the years of the benefit', () => {
    const benefit: InterestBenefit = { form: 'loan_interest', basisPoints: 5_000, capFen: 700, years: 2 }
    const of = (year: number, interestFen: number) =>
      claimAmount(benefit, { facts: factsOf({}), day, loanYear: { applicationId: 'a', year, interestFen } })
    expect([of(1, 1_001), of(2, 9_999), of(3, 1_001)]).toEqual([500, 700, undefined])
  })

  it('may be claimed once, once a year, once for each year of a loan, or always', () => {
    const loanYear = { applicationId: 'fap_1', year: 2 }
    const of = (limit: AmountBenefit['limit']) => periodOf({ form: 'amount', limit }, { id: 'red_1', day })
    expect([of('once'), of('yearly'), of('unlimited')]).toEqual(['once', '2026', 'red_1'])
    expect(periodOf({ form: 'loan_interest', basisPoints: 1 }, { id: 'red_1', day, loanYear })).toBe('fap_1/2')
  })
})

describe('the version of a day', () => {
  const at = new Date('2026-01-01T00:00:00Z')
  const version = (effectiveFrom: string, effectiveTo: string | null, publishedAt: Date | null = at) => ({
    ...{ effectiveFrom, effectiveTo, publishedAt },
  })
  it('is the published one that began last, while it lasts', () => {
    const [first, second] = [version('2026-01-01', null), version('2027-01-01', '2027-12-31')]
    const draft = version('2026-03-01', null, null)
    const on = (asked: string) => versionOn([second, draft, first], asked)
    expect([on('2025-12-31'), on('2026-12-31'), on('2027-12-31'), on('2028-01-01')]).toEqual([
      ...[undefined, first, second, undefined],
    ])
  })
})
