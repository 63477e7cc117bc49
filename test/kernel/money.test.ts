import { describe, expect, it } from 'vitest'
import { fenSchema } from '../../src/kernel/money.ts'

describe('an amount in fen', () => {
  it.each([0, 1, 9_000_000_000_000_000])('may be %d', (amount) => {
    expect(fenSchema.parse(amount)).toBe(amount)
  })

  it.each([-1, 0.5, 9_000_000_000_000_001, Number.NaN, Number.POSITIVE_INFINITY, '100', null, 10n])(
    'is never %s',
    (amount) => {
      expect(fenSchema.safeParse(amount).success).toBe(false)
    },
  )

  it('stays exact through JSON at its maximum', () => {
    const maximum = 9_000_000_000_000_000
    expect(JSON.parse(JSON.stringify({ maximum }))).toEqual({ maximum })
    expect(Number.isSafeInteger(maximum)).toBe(true)
  })

  it('says which unit is meant', () => {
    expect(fenSchema.safeParse(1.5).error?.issues[0]?.message).toBe('must be a whole number of fen (1 yuan = 100 fen)')
  })
})
