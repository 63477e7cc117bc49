import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAmount, readPrice, unitOf } from '../../../../src/modules/imports/domain/amount.ts'
import { readDay } from '../../../../src/modules/imports/domain/day.ts'
import { readFlag, readNumber } from '../../../../src/modules/imports/domain/plain-values.ts'
import { fromCellText, toCellText } from '../../../../src/modules/imports/domain/spreadsheet-text.ts'

const valueIn = (reading: { ok: boolean; value?: unknown }) => (reading.ok ? reading.value : reading)

describe('readAmount', () => {
  it.each([
    ['50万元', 50_000_000],
    ['５０万', 50_000_000],
    ['0.5亿元', 5_000_000_000],
    ['1,234.56元', 123_456],
    ['￥ 3 百万元', 300_000_000],
    ['2千万', 2_000_000_000],
    ['12345分', 12_345],
    ['100 yuan', 10_000],
  ])('reads %s as %i fen', (text, fen) => {
    expect(valueIn(readAmount(text))).toBe(fen)
  })

  it('takes the unit of a bare number from the header, and refuses to guess without one', () => {
    expect(valueIn(readAmount('50', unitOf('万元')))).toBe(50_000_000)
    expect(readAmount('50')).toMatchObject({ ok: false, problem: { code: 'amount_unit_missing' } })
  })

  it.each([
    ['五十万', 'amount_form'],
    ['-5万元', 'amount_form'],
    ['50万美元', 'amount_unit'],
    ['0.001元', 'amount_fraction'],
    ['99999999亿', 'amount_too_large'],
    ['约50万元', 'amount_form'],
  ])('refuses %s: %s', (text, code) => {
    expect(readAmount(text)).toMatchObject({ ok: false, problem: { code } })
  })

  it('says what it read', () => {
    expect(readAmount('1234.5万元')).toMatchObject({ shown: '12,345,000 元' })
  })

  it('reads back every whole number of fen, in fen, yuan and 万元', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000_000 }), (fen) => {
        expect(valueIn(readAmount(`${fen}分`))).toBe(fen)
        const exact = (digits: number) =>
          `${BigInt(fen) / 10n ** BigInt(digits)}.${String(fen).padStart(digits, '0').slice(-digits)}`
        expect(valueIn(readAmount(`${exact(2)}元`))).toBe(fen)
        expect(valueIn(readAmount(`${exact(6)}万元`))).toBe(fen)
      }),
    )
  })
})

describe('readPrice', () => {
  it.each([
    ['面议', { isNegotiable: true }],
    ['50-80万元', { isNegotiable: false, minFen: 50_000_000, maxFen: 80_000_000 }],
    ['80万～1.2亿元', { isNegotiable: false, minFen: 80_000_000, maxFen: 12_000_000_000 }],
    ['50万元至80万元', { isNegotiable: false, minFen: 50_000_000, maxFen: 80_000_000 }],
    ['30万元', { isNegotiable: false, minFen: 30_000_000, maxFen: 30_000_000 }],
  ])('reads %s', (text, price) => {
    expect(valueIn(readPrice(text))).toEqual(price)
  })

  it.each(['80-50万元', '面谈后定', '1-2-3万元', ''])('refuses %j', (text) => {
    expect(readPrice(text).ok).toBe(false)
  })
})

describe('readDay', () => {
  it.each(['2027-06-30', '2027/6/30', '2027.6.30', '2027年6月30日', '20270630', '２０２７－０６－３０'])(
    'reads %s',
    (text) => {
      expect(valueIn(readDay(text))).toBe('2027-06-30')
    },
  )

  it.each(['30/06/2027', '2027-02-29', '2027-13-01', '明年', '2027年6月'])('refuses %s', (text) => {
    expect(readDay(text).ok).toBe(false)
  })
})

describe('plain values', () => {
  it('are read in the words of their columns', () => {
    expect(
      [readFlag('是'), readFlag('No'), readNumber('TRL 7'), readNumber('７级'), readNumber('1,200')].map(valueIn),
    ).toEqual([...[true, false, 7, 7, 1_200]])
    expect([readFlag('也许').ok, readNumber('七').ok, readNumber('1e9').ok]).toEqual([false, false, false])
  })
})

describe('cell texts', () => {
  it('are never formulas, and come back as they were', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=1+1', "'=1", '@x', '-5', '\tx')),
        (text) => {
          expect(toCellText(text)).not.toMatch(/^[=+\-@\t\r\n]/)
          expect(fromCellText(toCellText(text))).toBe(text)
        },
      ),
    )
  })
})
