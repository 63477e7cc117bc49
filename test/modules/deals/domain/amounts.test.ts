import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type ClosedFen,
  closedFen,
  disorderOf,
  type IntentFen,
  intentFen,
  overpaymentOf,
} from '../../../../src/modules/deals/domain/amounts.ts'
import { splitCommission } from '../../../../src/modules/deals/domain/broker-shares.ts'
import { balanceOf, paymentStateOf } from '../../../../src/modules/deals/domain/payment.ts'

const fen = fc.integer({ min: 0, max: 9_000_000_000_000 })
const amount = fc.option(fen, { nil: null })

describe('the three amounts', () => {
  it('are in order exactly when each known one is within all known ones before it', () => {
    const any = fc.record({ contractAmountFen: amount, technologyAmountFen: amount, technologyIncomeFen: amount })
    fc.assert(
      fc.property(any, (amounts) => {
        const known = Object.values(amounts).filter((value) => value !== null)
        const isFalling = known.every((value, index) => known.slice(0, index).every((before) => value <= before))
        expect(disorderOf(amounts).length === 0).toBe(isFalling)
      }),
    )
  })

  it('name the amount that is too great, with a pointer', () => {
    const amounts = { contractAmountFen: 100, technologyAmountFen: 101, technologyIncomeFen: 50 }
    expect(disorderOf(amounts)).toMatchObject([{ pointer: '#/technologyAmountFen', code: 'amount_out_of_order' }])
    expect(disorderOf({ ...amounts, technologyAmountFen: null, technologyIncomeFen: 101 })).toHaveLength(1)
  })
})

describe('payments', () => {
  it('never ask for more than the contract together', () => {
    fc.assert(
      fc.property(
        fen,
        fc.array(fc.record({ amountFen: fc.integer({ min: 1, max: 1e12 }) }), { maxLength: 8 }),
        (contract, payments) => {
          const sum = payments.reduce((total, { amountFen }) => total + amountFen, 0)
          expect(overpaymentOf({ contractAmountFen: contract }, payments).length === 0).toBe(sum <= contract)
        },
      ),
    )
  })

  it('are overdue from the day after they were due, unless they were paid', () => {
    expect(paymentStateOf({ dueOn: '2026-03-02' }, '2026-03-02')).toBe('planned')
    expect(paymentStateOf({ dueOn: '2026-03-02' }, '2026-03-03')).toBe('overdue')
    expect(paymentStateOf({ dueOn: '2026-03-02', paidOn: '2026-03-09' }, '2026-03-10')).toBe('paid')
  })

  it('balance: what was paid and what is open are all of it', () => {
    const payment = (amountFen: number, paidOn?: string) => ({ title: '款', dueOn: '2026-03-02', amountFen, paidOn })
    expect(balanceOf([payment(30, '2026-03-01'), payment(70)])).toEqual({ paidFen: 30, openFen: 70 })
  })
})

describe('commissions', () => {
  it('are split without losing a fen, and nobody is more than a fen off his share', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 6 }).map(toWhole)
    fc.assert(
      fc.property(fen, shares, (commission, brokers) => {
        const parts = splitCommission(commission, brokers)
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(commission)
        for (const [index, { shareBp }] of brokers.entries()) {
          expect(Math.abs((parts[index] ?? 0) - (commission / 10_000) * shareBp)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})

describe('intent and closed amounts', () => {
  it('are types that do not take each other', () => {
    expectTypeOf(intentFen(1)).not.toExtend<ClosedFen>()
    expectTypeOf(closedFen(1)).not.toExtend<IntentFen>()
  })
})

/** Shares of 10,000 basis points together, in about these proportions. */
function toWhole(weights: number[]) {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const shares = weights.map((weight) => Math.floor((weight * 10_000) / sum))
  const missing = 10_000 - shares.reduce((total, share) => total + share, 0)
  return shares.map((share, index) => ({
    userId: `usr_${index}` as never,
    shareBp: index === 0 ? share + missing : share,
  }))
}
