import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deliveryDelaysMs, nextAttemptAt, retryAfterTime } from '../../src/kernel/retry-schedule.ts'

const now = new Date('2026-03-02T01:00:00.000Z')
const inMs = (ms: number) => new Date(now.getTime() + ms)

describe('the retry schedule', () => {
  it('has ten attempts over about three days', () => {
    const hours = deliveryDelaysMs.reduce((sum, delay) => sum + delay, 0) / 3_600_000
    expect([deliveryDelaysMs.length, Math.round(hours)]).toEqual([10, 76])
    expect(nextAttemptAt({ attempts: 10, now, random: 0.5 })).toBeUndefined()
  })

  it('moves each attempt by at most 20 % and never before the time asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, random) => {
        const delay = deliveryDelaysMs[attempts] ?? Number.NaN
        const at = nextAttemptAt({ attempts, now, random })
        expect(at?.getTime()).toBeGreaterThanOrEqual(now.getTime() + delay * 0.8 - 1)
        expect(at?.getTime()).toBeLessThanOrEqual(now.getTime() + delay * 1.2 + 1)
        const notBefore = inMs(200_000_000)
        expect(nextAttemptAt({ attempts, now, random, notBefore })).toEqual(notBefore)
      }),
    )
  })
})

describe('Retry-After', () => {
  it.each([
    ['120', inMs(120_000)],
    [' 120 ', inMs(120_000)],
    ['Mon, 02 Mar 2026 01:10:00 GMT', inMs(600_000)],
    ['999999999', inMs(86_400_000)],
    ['Mon, 02 Mar 2099 01:10:00 GMT', inMs(86_400_000)],
  ])('%s is a time, at most a day away', (header, time) => {
    expect(retryAfterTime(header, now)).toEqual(time)
  })

  it.each([undefined, '', '0', '-5', '1.5', 'soon', '1e9', '2026-03-02', 'Mon, 02 Mar 2020 00:00:00 GMT', 'Monday?'])(
    '%s is none',
    (header) => {
      expect(retryAfterTime(header, now)).toBeUndefined()
    },
  )
})
