import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxHeadStartHours, type TurnFacts, turnOf, worthOf } from '../../../../src/modules/review/domain/turn.ts'

const hour = 3_600_000
const facts = fc.record({
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  valueFen: fc.option(fc.integer({ min: 0, max: 9_000_000_000_000 })),
  undecided: fc.nat(50),
})
const opened = (hours: number) => new Date(hours * hour)
const turn = (item: TurnFacts, hours: number) => turnOf(opened(hours), worthOf(item)).getTime()

describe('the worth of an item', () => {
  it('grows with the score and the value and falls with every undecided item of its listings', () => {
    fc.assert(
      fc.property(facts, facts, (one, other) => {
        const { worth } = worthOf(one)
        expect(worth).toBeGreaterThanOrEqual(0)
        expect(worth).toBeLessThanOrEqual(1)
        if (other.score >= one.score)
          expect(worthOf({ ...one, score: other.score }).worth).toBeGreaterThanOrEqual(worth)
        expect(worthOf({ ...one, undecided: one.undecided + 1 }).worth).toBeLessThanOrEqual(worth)
        const valueFen = one.valueFen
        if (valueFen !== null) {
          expect(worthOf({ ...one, valueFen: valueFen * 10 }).worth).toBeGreaterThanOrEqual(worth)
        }
      }),
    )
  })

  it.each([
    [1_000_000, 0],
    [100_000_000, 0.5],
    [10_000_000_000, 1],
    [null, 0.4],
  ])('places a deal of %s fen at %s of the scale', (valueFen, value) => {
    expect(worthOf({ score: 1, valueFen, undecided: 0 }).value).toBeCloseTo(value)
  })
})

describe('the turn', () => {
  it('lets nothing starve: what is opened 72 hours later never stands before', () => {
    fc.assert(
      fc.property(facts, facts, fc.nat(1_000), (early, late, hours) => {
        expect(turn(early, hours)).toBeLessThanOrEqual(turn(late, hours + maxHeadStartHours))
      }),
    )
  })

  it('is the oldest first among equals', () => {
    fc.assert(
      fc.property(facts, fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), (item, from, later) => {
        expect(turn(item, from)).toBeLessThan(turn(item, from + later))
      }),
    )
  })

  it('orders as a priority that grows with age does, whenever one looks', () => {
    fc.assert(
      fc.property(facts, facts, fc.nat(500), fc.nat(500), fc.nat(2_000), (one, other, a, b, now) => {
        const priority = (item: TurnFacts, hours: number) => worthOf(item).worth * maxHeadStartHours + (now - hours)
        const difference = priority(one, a) - priority(other, b)
        if (Math.abs(difference) > 0.001) expect(Math.sign(turn(other, b) - turn(one, a))).toBe(Math.sign(difference))
      }),
    )
  })
})
