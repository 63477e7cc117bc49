import { describe, expect, it } from 'vitest'
import { normaliseCode, toHalfWidth } from '../../src/kernel/half-width.ts'

describe('toHalfWidth', () => {
  it('turns full-width letters, digits and signs into ASCII', () => {
    expect(toHalfWidth('Ｈ０１Ｍ　１０／０５２５')).toBe('H01M 10/0525')
  })

  it('leaves Chinese text and circled digits alone', () => {
    expect(toHalfWidth('宁波①Ⅳ，')).toBe('宁波①Ⅳ,')
  })
})

describe('normaliseCode', () => {
  it('removes white space anywhere and raises letters', () => {
    expect(normaliseCode(' zl 2017 1 0601862.3\n')).toBe('ZL201710601862.3')
  })
})
