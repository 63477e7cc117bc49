import { describe, expect, it } from 'vitest'
import { addDays, chinaDay, systemClock } from '../../src/kernel/clock.ts'
import { testClock } from '../support/clock.ts'

describe('chinaDay', () => {
  it.each([
    ['2026-03-01T15:59:59.999Z', '2026-03-01'],
    ['2026-03-01T16:00:00.000Z', '2026-03-02'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
    ['2028-02-28T16:00:00.000Z', '2028-02-29'],
  ])('of %s is %s, whatever the zone of the server', (instant, day) => {
    expect(chinaDay(new Date(instant))).toBe(day)
  })
})

describe('addDays', () => {
  it('adds days of 24 hours, because China has no summer time', () => {
    expect(addDays(new Date('2026-02-27T16:30:00Z'), 2)).toEqual(new Date('2026-03-01T16:30:00Z'))
    expect(addDays(new Date('2026-03-01T00:00:00Z'), -1)).toEqual(new Date('2026-02-28T00:00:00Z'))
  })
})

describe('systemClock', () => {
  it('goes with the time of the machine', () => {
    const before = Date.now()
    const now = systemClock.now().getTime()
    expect(now).toBeGreaterThanOrEqual(before)
    expect(now).toBeLessThanOrEqual(Date.now())
  })
})

describe('testClock', () => {
  it('stands still until it is advanced, by words or by milliseconds', () => {
    const clock = testClock('2026-03-02T00:00:00Z')
    expect(clock.now()).toEqual(clock.now())

    clock.advance('2h')
    clock.advance('30m')
    clock.advance('1d')
    clock.advance('5s')
    clock.advance(250)
    expect(clock.now().toISOString()).toBe('2026-03-03T02:30:05.250Z')
  })

  it('hands out dates that its callers may change', () => {
    const clock = testClock('2026-03-02T00:00:00Z')
    clock.now().setFullYear(1999)
    expect(clock.now().getFullYear()).toBe(2026)
  })
})
