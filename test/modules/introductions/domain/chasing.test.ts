import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../../../../src/kernel/clock.ts'
import { type Asked, nextChaseStep } from '../../../../src/modules/introductions/domain/chasing.ts'

const askedAt = new Date('2026-03-02T01:00:00.000Z')
const asked: Asked = { askedAt, answerBy: addDays(askedAt, 14), chases: 0, chasedAt: null }
const rules = { chaseDays: [3, 7] }
const on = (days: number, change: Partial<Asked> = {}) =>
  nextChaseStep({ ...asked, ...change }, rules, addDays(askedAt, days))

describe('silence', () => {
  it('is chased on the days of the rules and ends after the last', () => {
    expect(on(2.9)).toEqual({ step: 'wait' })
    expect(on(3)).toEqual({ step: 'chase', chases: 1 })
    expect(on(6.9, { chases: 1, chasedAt: addDays(askedAt, 3) })).toEqual({ step: 'wait' })
    expect(on(7, { chases: 1, chasedAt: addDays(askedAt, 3) })).toEqual({ step: 'chase', chases: 2 })
    expect(on(13.9, { chases: 2, chasedAt: addDays(askedAt, 7) })).toEqual({ step: 'wait' })
    expect(on(14, { chases: 2, chasedAt: addDays(askedAt, 7) })).toEqual({ step: 'close' })
  })

  it('gets one reminder and a day to answer it when nothing ran for weeks', () => {
    expect(on(30)).toEqual({ step: 'chase', chases: 2 })
    expect(on(30.5, { chases: 2, chasedAt: addDays(askedAt, 30) })).toEqual({ step: 'wait' })
    expect(on(31, { chases: 2, chasedAt: addDays(askedAt, 30) })).toEqual({ step: 'close' })
  })

  it('is chased at most as often as the rules say, and always closed, whenever somebody looks', () => {
    const looks = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 40 })
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 5 })
    fc.assert(
      fc.property(looks, days, (hours, chaseDays) => {
        const sorted = { chaseDays: chaseDays.sort((a, b) => a - b) }
        let state = asked
        let [now, chased, isClosed] = [askedAt, 0, false]
        for (const gap of [...hours, ...Array.from({ length: 90 }, () => 24)]) {
          now = new Date(now.getTime() + gap * 3_600_000)
          const next = nextChaseStep(state, sorted, now)
          if (next.step === 'chase') {
            chased += 1
            state = { ...state, chases: next.chases, chasedAt: now }
          }
          if (next.step === 'close') {
            isClosed = true
            expect(now.getTime()).toBeGreaterThanOrEqual(state.answerBy.getTime())
            break
          }
        }
        expect(isClosed).toBe(true)
        expect(chased).toBeLessThanOrEqual(chaseDays.length)
      }),
      { numRuns: 50 },
    )
  })
})
