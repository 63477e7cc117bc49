import { describe, expect, it } from 'vitest'
import { dayIn, isQuiet, whenNotQuiet } from '../../../../src/modules/notifications/domain/quiet-hours.ts'

const china = { timeZone: 'Asia/Shanghai', quietHours: { from: '22:00', to: '08:00' } }
const at = (time: string) => new Date(time)

describe('quiet hours', () => {
  it.each([
    ['21:59', false],
    ['22:00', true],
    ['00:00', true],
    ['07:59', true],
    ['08:00', false],
  ])('at %s in China: %s', (time, quiet) => {
    expect(isQuiet(at(`2026-11-20T${time}:00+08:00`), china)).toBe(quiet)
  })

  it('may lie within one day, or not be', () => {
    const siesta = { timeZone: 'Asia/Shanghai', quietHours: { from: '12:00', to: '14:00' } }
    expect(isQuiet(at('2026-11-20T13:00:00+08:00'), siesta)).toBe(true)
    expect(isQuiet(at('2026-11-20T23:00:00+08:00'), siesta)).toBe(false)
    expect(isQuiet(at('2026-11-20T23:00:00+08:00'), { ...siesta, quietHours: null })).toBe(false)
  })

  it('end at the minute, before and after midnight', () => {
    const end = at('2026-11-21T08:00:00+08:00')
    expect(whenNotQuiet(at('2026-11-20T22:10:33.500+08:00'), china)).toEqual(end)
    expect(whenNotQuiet(at('2026-11-21T07:59:59.999+08:00'), china)).toEqual(end)
    expect(whenNotQuiet(end, china)).toEqual(end)
  })

  it('end by the clock on the wall when clocks change in the night', () => {
    const berlin = { timeZone: 'Europe/Berlin', quietHours: { from: '22:00', to: '08:00' } }
    for (const [night, morning] of [
      ['2026-03-28T23:00:00+01:00', '2026-03-29T08:00:00+02:00'],
      ['2026-10-24T23:00:00+02:00', '2026-10-25T08:00:00+01:00'],
    ] as const) {
      const end = whenNotQuiet(at(night), berlin)
      expect(isQuiet(end, berlin)).toBe(false)
      expect(Math.abs(end.getTime() - at(morning).getTime())).toBeLessThanOrEqual(3_600_000)
    }
  })

  it('belong to the day of the zone', () => {
    expect(dayIn('Asia/Shanghai', at('2026-11-20T16:00:00Z'))).toBe('2026-11-21')
    expect(dayIn('America/New_York', at('2026-11-20T16:00:00Z'))).toBe('2026-11-20')
  })
})
