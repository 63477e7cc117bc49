import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completePatentNumber, parsePatentNumber, patentNumberSchema } from '../../src/kernel/patent-number.ts'

const digits = (length: number) =>
  fc.array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length }).map((list) => list.join(''))
const typeDigit = fc.constantFrom('1', '2', '3', '8', '9')
const newBody = fc.tuple(fc.integer({ min: 2003, max: 2099 }), typeDigit, digits(7)).map((parts) => parts.join(''))
const oldBody = fc.tuple(fc.integer({ min: 85, max: 99 }), typeDigit, digits(5)).map((parts) => parts.join(''))

describe('parsePatentNumber, application numbers', () => {
  it.each([
    ['201710601862.3', 'new', 2017, '0601862'],
    ['201810861934.2', 'new', 2018, '0861934'],
    ['201310699744.2', 'new', 2013, '0699744'],
    ['200310102344.5', 'new', 2003, '0102344'],
    ['97101765.4', 'old', 1997, '01765'],
    ['95115608.X', 'old', 1995, '15608'],
  ])('reads the invention %s', (number, form, year, serial) => {
    expect(parsePatentNumber(number)).toEqual({
      ok: true,
      kind: 'application',
      form,
      patentType: 'invention',
      isPctNational: false,
      year,
      serial,
      hasGrantMark: false,
      normalised: number,
    })
  })

  it.each(['ZL201710601862.3', 'ZL 2017 1 0601862.3', 'ｚｌ２０１７１０６０１８６２．３', 'ZL2017106018623'])(
    'reads %s as the same number with the mark of a grant',
    (number) => {
      expect(parsePatentNumber(number)).toMatchObject({ ok: true, hasGrantMark: true, normalised: '201710601862.3' })
    },
  )

  it('takes CN for an application without the mark of a grant', () => {
    expect(parsePatentNumber('CN95115608X')).toMatchObject({ ok: true, hasGrantMark: false, normalised: '95115608.X' })
  })

  it.each([
    ['1', 'invention', false],
    ['2', 'utility_model', false],
    ['3', 'design', false],
    ['8', 'invention', true],
    ['9', 'utility_model', true],
  ])('knows type digit %s as %s', (digit, patentType, isPctNational) => {
    expect(parsePatentNumber(completePatentNumber(`2017${digit}0601862`))).toMatchObject({ patentType, isPctNational })
  })

  it('refuses the type digits that are not given', () => {
    expect(parsePatentNumber(completePatentNumber('201740601862'))).toEqual({ ok: false, reason: 'type' })
  })

  it('accepts both forms in 2003 and neither beyond its years', () => {
    expect(parsePatentNumber(completePatentNumber('03101765'))).toMatchObject({ form: 'old', year: 2003 })
    expect(parsePatentNumber(completePatentNumber('200310102344'))).toMatchObject({ form: 'new', year: 2003 })
    expect(parsePatentNumber(completePatentNumber('04101765'))).toEqual({ ok: false, reason: 'year' })
    expect(parsePatentNumber(completePatentNumber('200210102344'))).toEqual({ ok: false, reason: 'year' })
    expect(parsePatentNumber(completePatentNumber('84101765'))).toEqual({ ok: false, reason: 'year' })
  })

  it('accepts a number of 1985–1988 without check digit, and with one only if it is right', () => {
    expect(parsePatentNumber('85100001')).toMatchObject({ ok: true, year: 1985, normalised: '85100001' })
    const complete = completePatentNumber('88100001')
    expect(parsePatentNumber(complete)).toMatchObject({ ok: true, normalised: complete })
    const wrong = complete.endsWith('1') ? '2' : '1'
    expect(parsePatentNumber(`88100001.${wrong}`)).toEqual({ ok: false, reason: 'check_digit' })
  })

  it('asks for the check digit of later numbers', () => {
    expect(parsePatentNumber('89101765')).toEqual({ ok: false, reason: 'check_digit_missing' })
    expect(parsePatentNumber('201710601862')).toEqual({ ok: false, reason: 'check_digit_missing' })
  })

  it.each(['', '2017', '2017106018623456', '20171060186A.3', '专利号', 'US10123456B2', '201710601862..3'])(
    'refuses "%s" for its form',
    (text) => {
      expect(parsePatentNumber(text)).toEqual({ ok: false, reason: 'form' })
    },
  )

  it('validates every completed number and catches every other check digit', () => {
    fc.assert(
      fc.property(fc.oneof(newBody, oldBody), fc.constantFrom(...'0123456789X'), (body, check) => {
        const complete = completePatentNumber(body)
        expect(parsePatentNumber(complete)).toMatchObject({ ok: true, normalised: complete })
        fc.pre(!complete.endsWith(check))
        expect(parsePatentNumber(`${body}.${check}`)).toEqual({ ok: false, reason: 'check_digit' })
      }),
    )
  })

  it('catches every change of a single serial digit', () => {
    fc.assert(
      fc.property(newBody, fc.integer({ min: 5, max: 11 }), fc.constantFrom(...'0123456789'), (body, index, digit) => {
        fc.pre(body.charAt(index) !== digit)
        const check = completePatentNumber(body).slice(-1)
        const changed = body.slice(0, index) + digit + body.slice(index + 1)
        expect(parsePatentNumber(`${changed}.${check}`)).toEqual({ ok: false, reason: 'check_digit' })
      }),
    )
  })
})

describe('parsePatentNumber, other numbers', () => {
  it('keeps a publication number apart from an application number', () => {
    expect(parsePatentNumber('CN 109034985 A')).toEqual({
      ok: true,
      kind: 'publication',
      patentType: 'invention',
      kindCode: 'A',
      serial: '109034985',
      normalised: 'CN109034985A',
    })
  })

  it.each([
    ['CN109034985B', 'invention'],
    ['CN1234567C', 'invention'],
    ['CN209034985U', 'utility_model'],
    ['CN2345678Y', 'utility_model'],
    ['CN309034985S', 'design'],
  ])('reads %s as %s', (number, patentType) => {
    expect(parsePatentNumber(number)).toMatchObject({ ok: true, kind: 'publication', patentType })
  })

  it('refuses a kind code that contradicts the first digit', () => {
    expect(parsePatentNumber('CN109034985U')).toEqual({ ok: false, reason: 'type' })
  })

  it.each([
    ['PCT/CN2017/012345', 2017, '012345'],
    ['pct cn2017/012345', 2017, '012345'],
    ['PCT/CN98/00012', 1998, '00012'],
    ['PCT/US03/00012', 2003, '00012'],
  ])('reads %s', (text, year, serial) => {
    expect(parsePatentNumber(text)).toMatchObject({ ok: true, kind: 'pct', year, serial })
  })

  it('refuses a PCT number with a serial that is too short or a year before the treaty', () => {
    expect(parsePatentNumber('PCT/CN2017/12345')).toEqual({ ok: false, reason: 'form' })
    expect(parsePatentNumber('PCT/CN1970/012345')).toEqual({ ok: false, reason: 'year' })
  })
})

describe('completePatentNumber', () => {
  it('writes a remainder of ten as X', () => {
    expect(completePatentNumber('95115608')).toBe('95115608.X')
  })

  it('throws on what is not 8 or 12 digits', () => {
    expect(() => completePatentNumber('123')).toThrow(RangeError)
  })
})

describe('patentNumberSchema', () => {
  it.each(['ZL 2017 1 0601862.3', 'cn109034985a', 'PCT/CN98/00012', '85100001'])(
    'normalises %s, and the same again',
    (text) => {
      const once = patentNumberSchema.parse(text)
      expect(patentNumberSchema.parse(once)).toBe(once)
    },
  )

  it.each([
    ['201710601862.4', 'check digit is wrong'],
    ['201710601862', 'check digit is missing'],
    ['201740601862.3', 'type digit'],
    ['200210102344.5', 'two-digit years'],
    ['hello', 'must be an application number'],
  ])('explains what is wrong with %s by the rule', (text, rule) => {
    const message = patentNumberSchema.safeParse(text).error?.issues[0]?.message
    expect(message).toContain('ZC 0006-2003')
    expect(message).toContain(rule)
  })
})
