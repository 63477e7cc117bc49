import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultOf, openOn, roomOn, type Terms } from '../../../../src/modules/framework-agreements/domain/agreement.ts'

const terms: Terms = {
  ...{ lineFen: 300, isRevolving: true, validFrom: '2026-01-01', validTo: '2027-12-31' },
  commitments: [
    { from: '2026-01-01', amountFen: 100 },
    { from: '2027-01-01', amountFen: 200 },
  ],
}
const day = fc
  .date({ min: new Date('2025-06-01'), max: new Date('2028-06-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('the line of a framework agreement', () => {
  it('opens by its commitments, and only while it is valid', () => {
    const on = (asked: string) => openOn(terms, asked)
    expect([on('2025-12-31'), on('2026-01-01'), on('2026-12-31'), on('2027-01-01'), on('2028-01-01')]).toEqual([
      ...[0, 100, 100, 300, 0],
    ])
  })
  it('never opens beyond itself, and never closes while it is valid', () => {
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [first, second] = one < other ? [one, other] : [other, one]
        expect(openOn(terms, first)).toBeLessThanOrEqual(terms.lineFen)
        if (first >= terms.validFrom && second <= terms.validTo) {
          expect(openOn(terms, first)).toBeLessThanOrEqual(openOn(terms, second))
        }
      }),
    )
  })
  it('is free again for what was repaid when it revolves', () => {
    const used = { drawnFen: 100, repaidFen: 60 }
    expect(roomOn(terms, used, '2026-06-01')).toBe(60)
    expect(roomOn({ ...terms, isRevolving: false }, used, '2026-06-01')).toBe(0)
  })
  it('is the sum of its commitments, within its validity', () => {
    expect(faultOf(terms)).toBeUndefined()
    expect(faultOf({ ...terms, lineFen: 301 })?.[0]).toBe('commitments')
    expect(faultOf({ ...terms, validTo: '2025-01-01' })?.[0]).toBe('validTo')
    expect(faultOf({ ...terms, validTo: '2026-12-31' })?.[0]).toBe('commitments/1/from')
  })
})
