import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  balanceOf,
  compensationEntries,
  contributionEntries,
  type Entry,
  recoveryEntries,
} from '../../../../src/modules/risk-sharing/domain/ledger.ts'
import { hasStopped, payableOf, roomUnderCap } from '../../../../src/modules/risk-sharing/domain/pool.ts'
import { type Share, split } from '../../../../src/modules/risk-sharing/domain/split.ts'

const amount = fc.integer({ min: 1, max: 1_000_000_000_000_000 })
/** Shares of bank, government and guarantor that sum to the whole; the bank never bears all of it. */
const shares: fc.Arbitrary<Share[]> = fc
  .tuple(fc.integer({ min: 0, max: 9_998 }), fc.integer({ min: 1, max: 9_999 }))
  .map(([bank, government]) => {
    const paid = Math.min(government, 9_999 - bank)
    return [
      { party: 'bank', basisPoints: bank },
      { party: 'government', basisPoints: paid },
      { party: 'guarantee', basisPoints: 10_000 - bank - paid },
    ]
  })
const step = fc.record({ kind: fc.constantFrom('contribution', 'guarantee', 'loss', 'recovery'), fen: amount })

describe('a split by shares', () => {
  it('sums to the amount exactly, and no part is a fen away from its share', () => {
    fc.assert(
      fc.property(amount, shares, (fen, all) => {
        const parts = split(fen, all)
        expect(parts.reduce((sum, part) => sum + part.fen, 0)).toBe(fen)
        for (const [index, part] of parts.entries()) {
          const exact = BigInt(fen) * BigInt(all[index]?.basisPoints ?? 0)
          const distance = BigInt(part.fen) * 10_000n - exact
          expect(distance > -10_000n && distance < 10_000n).toBe(true)
        }
      }),
    )
  })
  it('gives what is left to the largest remainders', () => {
    const thirds = ['a', 'b', 'c'].map((party) => ({ party, basisPoints: 1 }))
    expect(split(100, thirds).map(({ fen }) => fen)).toEqual([34, 33, 33])
  })
})

type Pool = { entries: Entry[]; guaranteedFen: number; capBasisPoints: number }
type Step = { kind: string; fen: number }

const sumsOf = ({ entries, guaranteedFen, capBasisPoints }: Pool) => ({
  ...{ guaranteedFen, capBasisPoints, cashFen: balanceOf(entries, 'cash') },
  ...{ compensatedFen: balanceOf(entries, 'compensated'), recoveredFen: -balanceOf(entries, 'recovered') },
})

/** What a step books: as much as may be paid, or came back. */
function entriesOf({ kind, fen }: Step, all: readonly Share[], pool: Pool): Entry[] {
  const sums = sumsOf(pool)
  if (kind === 'contribution') return contributionEntries('government', fen)
  if (kind === 'loss') return compensationEntries(all, payableOf(fen, all, sums).fen).filter(isAboveZero)
  const back = Math.min(fen, sums.compensatedFen - sums.recoveredFen)
  return kind === 'recovery' ? recoveryEntries(all, back).filter(isAboveZero) : []
}
const isAboveZero = ({ amountFen }: Entry) => amountFen > 0

function expectSound(pool: Pool, paidInFen: number): void {
  const { cashFen, compensatedFen, recoveredFen, guaranteedFen, capBasisPoints } = sumsOf(pool)
  const total = pool.entries.reduce((sum, { side, amountFen }) => sum + (side === 'debit' ? amountFen : -amountFen), 0)
  expect(total).toBe(0)
  expect(cashFen).toBe(paidInFen + recoveredFen - compensatedFen)
  expect(cashFen).toBeGreaterThanOrEqual(0)
  const net = BigInt(compensatedFen - recoveredFen)
  expect(net * 10_000n <= BigInt(guaranteedFen) * BigInt(capBasisPoints)).toBe(true)
}

describe('the ledger of a pool', () => {
  it('balances after any sequence of payments, and neither cash nor cap is ever passed', () => {
    const steps = fc.array(step, { maxLength: 25 })
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 10_000 }), steps, (all, capBasisPoints, taken) => {
        const pool: Pool = { entries: [], guaranteedFen: 0, capBasisPoints }
        let paidInFen = 0
        for (const one of taken) {
          pool.entries.push(...entriesOf(one, all, pool))
          if (one.kind === 'guarantee') pool.guaranteedFen += one.fen
          if (one.kind === 'contribution') paidInFen += one.fen
          expectSound(pool, paidInFen)
        }
        const byParty = ['government', 'guarantee'].map((party) => balanceOf(pool.entries, 'compensated', party))
        expect(byParty.reduce((sum, fen) => sum + fen, 0)).toBe(balanceOf(pool.entries, 'compensated'))
        expect(balanceOf(pool.entries, 'compensated', 'bank')).toBe(0)
      }),
    )
  })
})

describe('what a pool pays of a loss', () => {
  const all = [
    { party: 'bank', basisPoints: 2_000 },
    { party: 'government', basisPoints: 8_000 },
  ]
  const sums = { guaranteedFen: 1_000_000, cashFen: 900, compensatedFen: 0, recoveredFen: 0, capBasisPoints: 100 }
  it('is bound by the shares, the cap or the cash, and says by which', () => {
    expect(payableOf(100, all, sums)).toEqual({ fen: 80, boundBy: 'shares' })
    expect(payableOf(10_000, all, sums)).toEqual({ fen: 900, boundBy: 'cash' })
    expect(payableOf(100_000, all, { ...sums, cashFen: 90_000 })).toEqual({ fen: 10_000, boundBy: 'cap' })
  })
  it('is nothing at the cap, where the pool stops until something comes back', () => {
    const full = { ...sums, cashFen: 90_000, compensatedFen: 10_000 }
    expect([roomUnderCap(full), hasStopped(full)]).toEqual([0, true])
    expect(payableOf(100, all, full)).toEqual({ fen: 0, boundBy: 'cap' })
    expect(hasStopped({ ...full, recoveredFen: 1 })).toBe(false)
    expect(hasStopped({ ...sums, guaranteedFen: 0 })).toBe(false)
  })
})
