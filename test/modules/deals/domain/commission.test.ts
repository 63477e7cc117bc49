import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commissionOf } from '../../../../src/modules/deals/domain/commission.ts'
import { dealStages, isClosed } from '../../../../src/modules/deals/domain/stage.ts'

const broker = { userId: 'usr_1' as never, shareBp: 10_000 }
const fen = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

describe('a commission', () => {
  it('is never more than its rate, less than a fen below it, and all of it in the parts', () => {
    const shares = fc.integer({ min: 1, max: 9_999 }).map((bp) => [
      { ...broker, shareBp: bp },
      { userId: 'usr_2' as never, shareBp: 10_000 - bp },
    ])
    fc.assert(
      fc.property(fen, fc.integer({ min: 1, max: 10_000 }), shares, (technologyAmountFen, rateBp, brokers) => {
        const signed = { stage: 'signed' as const, technologyAmountFen, registration: null, brokers }
        const commission = commissionOf(signed, rateBp)
        const [got, exact] = [BigInt(commission?.amountFen ?? -1), BigInt(technologyAmountFen) * BigInt(rateBp)]
        expect(got * 10_000n <= exact && exact < (got + 1n) * 10_000n).toBe(true)
        expect(commission?.parts.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(commission?.amountFen)
      }),
    )
  })

  it.each(dealStages)('of a deal that is %s is there if the deal is closed', (stage) => {
    const deal = { stage, technologyAmountFen: 100, registration: null, brokers: [broker] }
    expect(commissionOf(deal, 100) !== null).toBe(isClosed(stage))
  })

  it('is of the certified amount where there is one, and null without brokers, rate or amount', () => {
    const deal = { stage: 'registered' as const, technologyAmountFen: 800, registration: null, brokers: [broker] }
    const registration = { technologyAmountFen: 700 }
    expect(commissionOf({ ...deal, registration }, 100)).toMatchObject({ basis: 'registered', amountFen: 7 })
    expect(commissionOf({ ...deal, brokers: [] }, 100)).toBeNull()
    expect(commissionOf(deal, 0)).toBeNull()
    expect(commissionOf({ ...deal, technologyAmountFen: null }, 100)).toBeNull()
  })
})
