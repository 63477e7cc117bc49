import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../../../src/kernel/ids.ts'
import { runnerUp } from '../../../../src/modules/auctions/domain/award.ts'
import {
  depositAfter,
  depositEntries,
  depositMoves,
  type depositStates,
} from '../../../../src/modules/auctions/domain/deposit.ts'
import { ladderFault, leastBid, stepAt } from '../../../../src/modules/auctions/domain/ladder.ts'
import { outcomeOf } from '../../../../src/modules/auctions/domain/outcome.ts'
import { reauctionFaults } from '../../../../src/modules/auctions/domain/reauction.ts'
import { conflictOf } from '../../../../src/modules/auctions/domain/registration.ts'
import { type RuleSet, ruleSetFor, ruleSets } from '../../../../src/modules/auctions/domain/rules.ts'
import { endAfterBid } from '../../../../src/modules/auctions/domain/soft-close.ts'
import { termsFaults } from '../../../../src/modules/auctions/domain/terms.ts'

const fen = fc.integer({ min: 0, max: 1e12 })

describe('the ladder', () => {
  const ladder = [
    { fromFen: 0, stepFen: 10 },
    { fromFen: 1_000, stepFen: 50 },
  ]

  it('takes the step of the tier that the price has reached', () => {
    expect([0, 999, 1_000, 5_000].map((price) => stepAt(ladder, price))).toEqual([10, 10, 50, 50])
    expect(leastBid({ startFen: 300, ladder }, null)).toBe(300)
    expect(leastBid({ startFen: 300, ladder }, 990)).toBe(1_000)
  })

  it('must begin at 0 and ascend', () => {
    expect(ladderFault(ladder)).toBeUndefined()
    expect(ladderFault([{ fromFen: 5, stepFen: 1 }])).toMatch(/begin at 0/)
    expect(ladderFault([...ladder, { fromFen: 1_000, stepFen: 60 }])).toMatch(/ascend/)
  })
})

describe('the soft close', () => {
  const timing = fc
    .record({ endsAt: fen, softCloseMs: fc.integer({ min: 1, max: 600_000 }), cap: fc.integer({ min: 0, max: 1e8 }) })
    .map(({ endsAt, softCloseMs, cap }) => ({ endsAt, softCloseMs, hardEndsAt: endsAt + cap }))

  it('never ends earlier, never beyond the cap, and leaves the whole window after a bid unless the cap cuts it', () => {
    fc.assert(
      fc.property(timing, fc.integer({ min: 1, max: 1e9 }), (given, before) => {
        const at = given.endsAt - before
        const end = endAfterBid(given, at)
        expect(end).toBeGreaterThanOrEqual(given.endsAt)
        expect(end).toBeLessThanOrEqual(given.hardEndsAt)
        expect(end === given.hardEndsAt || end - at >= given.softCloseMs).toBe(true)
      }),
    )
  })
})

describe('the rules', () => {
  const set = (version: string, market: string | null, from: string): RuleSet => ({
    ...{ version, market, from, source: 'test', rules: (ruleSets[0] as RuleSet).rules },
  })
  const sets = [set('g1', null, '2020-01-01'), set('g2', null, '2024-01-01'), set('j', 'jiangsu', '2024-06-01')]

  it('are those of the nearest market, newest first, on the day', () => {
    const version = (line: string[], day: string) => ruleSetFor(line, day, sets)?.version
    expect(version(['jiangsu-nanjing', 'jiangsu'], '2024-07-01')).toBe('j')
    expect(version(['jiangsu-nanjing', 'jiangsu'], '2024-05-31')).toBe('g2')
    expect(version(['ningbo'], '2023-12-31')).toBe('g1')
    expect(version(['ningbo'], '2019-12-31')).toBeUndefined()
  })

  it('name every fault of the terms at once', () => {
    const now = new Date('2026-11-20T00:00:00Z')
    const terms = {
      ...{ startFen: 70, depositFen: 7, ladder: [], valuationFen: 100, valuedOn: '2026-09-01' },
      opensAt: new Date('2026-12-05T00:00:00Z'),
      endsAt: new Date('2026-12-06T00:00:00Z'),
    }
    const { rules } = ruleSets[0] as RuleSet
    expect(termsFaults(terms, rules, now)).toEqual([])
    const bad = { ...terms, startFen: 69, depositFen: 15, valuedOn: '2025-11-19', opensAt: now, endsAt: now }
    expect(termsFaults(bad, rules, now).map(({ rule }) => rule)).toEqual([
      ...['publicity', 'bidding_time', 'deposit_share', 'start_share', 'valuation_age'],
    ])
  })

  it('let a lot come back in time and not too cheap', () => {
    const at = { rules: (ruleSets[0] as RuleSet).rules, now: new Date('2026-11-20T00:00:00Z') }
    const again = { startFen: 80, opensAt: '2026-12-10T00:00:00Z', endsAt: '2026-12-12T00:00:00Z' }
    expect(reauctionFaults({ startFen: 100, closedAt: new Date('2026-11-01T00:00:00Z') }, again, at)).toEqual([])
    const late = { startFen: 101, closedAt: new Date('2026-10-01T00:00:00Z') }
    expect(reauctionFaults(late, again, at).map(({ rule }) => rule)).toEqual(['price_cut', 'too_late'])
  })
})

it('a deposit leaves once, and both sides of every move cancel out', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...depositMoves), { maxLength: 8 }), fen, (moves, amount) => {
      const balances = new Map<string, number>()
      let state: (typeof depositStates)[number] = 'none'
      for (const move of moves) {
        const after = depositAfter(state, move)
        if (after === undefined) continue
        state = after
        const entries = depositEntries(move, amount)
        expect(entries.reduce((sum, entry) => sum + entry.amountFen, 0)).toBe(0)
        for (const { account, amountFen } of entries) balances.set(account, (balances.get(account) ?? 0) + amountFen)
      }
      expect(balances.get('held') ?? 0).toBe(state === 'frozen' ? amount : 0)
      expect([...balances.values()].reduce((sum, one) => sum + one, 0)).toBe(0)
    }),
  )
})

describe('who may bid', () => {
  const [seller, bidder, related] = [newId('organisation'), newId('organisation'), newId('organisation')]
  const sides = (change: object) => ({
    lot: { sellerOrgId: seller, relatedOrgIds: [related], market: 'ningbo' },
    bidder: { orgId: bidder, relatedOrgIds: [], isOperator: false, ...change },
  })

  it.each([
    [{}, undefined],
    [{ orgId: seller }, 'seller'],
    [{ orgId: related }, 'related_by_seller'],
    [{ relatedOrgIds: [seller] }, 'related_by_bidder'],
    [{ isOperator: true }, 'operator'],
  ])('%j: %s', (change, conflict) => {
    expect(conflictOf(sides(change))).toBe(conflict)
  })
})

describe('the outcome', () => {
  it('is sold at the reserve or above, by one bidder, too', () => {
    expect(outcomeOf(null, 0)).toEqual({ outcome: 'unsold', unsoldReason: 'no_bids' })
    expect(outcomeOf(99, 100)).toEqual({ outcome: 'unsold', unsoldReason: 'reserve_not_met' })
    expect(outcomeOf(100, 100)).toEqual({ outcome: 'sold', unsoldReason: null })
  })

  it('offers a defaulted lot to the best other bidder at the reserve or above', () => {
    const bids = [
      { registrationId: 'a', amountFen: 10 },
      { registrationId: 'b', amountFen: 20 },
      { registrationId: 'a', amountFen: 30 },
      { registrationId: 'b', amountFen: 40 },
    ]
    expect(runnerUp(bids, 'b', 30)).toEqual({ registrationId: 'a', amountFen: 30 })
    expect(runnerUp(bids, 'b', 31)).toBeUndefined()
    expect(runnerUp([], 'b', 0)).toBeUndefined()
  })
})
