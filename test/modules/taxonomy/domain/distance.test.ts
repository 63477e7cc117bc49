import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { industryDistance, ipcDistance, regionDistance } from '../../../../src/modules/taxonomy/domain/distance.ts'
import { taxonomies } from '../../../../src/modules/taxonomy/domain/taxonomies.ts'

describe('regionDistance', () => {
  it.each([
    ['330206', '330206', 0],
    ['330206', '330211', 1],
    ['330206', '330200', 1],
    ['330200', '330200', 1],
    ['330206', '330303', 2],
    ['330206', '330000', 2],
    ['330000', '330000', 2],
    ['330206', '320100', 3],
  ])('of %s and %s is %i', (a, b, distance) => {
    expect(regionDistance(a, b)).toBe(distance)
  })

  it('takes a municipality for one city', () => {
    expect(regionDistance('110101', '110108')).toBe(1)
    expect(regionDistance('500101', '500229')).toBe(1)
    expect(regionDistance('310000', '310115')).toBe(1)
  })

  it('does not take counties directly under a province for one city', () => {
    expect(regionDistance('429004', '429005')).toBe(2)
    expect(regionDistance('429004', '429004')).toBe(0)
  })

  it('is 3 for what is no division code', () => {
    expect(regionDistance('', '')).toBe(3)
    expect(regionDistance('3302', '330206')).toBe(3)
  })

  it('is symmetric, and never nearer through a third place than its worse leg', () => {
    const code = fc.constantFrom(...(taxonomies.get('regions')?.terms ?? []).map((term) => term.code))
    fc.assert(
      fc.property(code, code, code, (a, b, c) => {
        expect(regionDistance(a, b)).toBe(regionDistance(b, a))
        expect(regionDistance(a, c)).toBeLessThanOrEqual(Math.max(regionDistance(a, b), regionDistance(b, c)))
      }),
    )
  })
})

describe('industryDistance', () => {
  it.each([
    ['C36', 'C36', 0],
    ['C3610', 'C36', 0],
    ['C36', 'C38', 1],
    ['C', 'C36', 1],
    ['C', 'C', 1],
    ['C36', 'I65', 2],
    ['C36', '', 2],
    ['36', '36', 2],
  ])('of %s and %s is %i', (a, b, distance) => {
    expect(industryDistance(a, b)).toBe(distance)
  })
})

describe('ipcDistance', () => {
  it.each([
    ['H01M10/0525', 'H01M 10/42', 0],
    ['H01M10/0525', 'H01M4/00', 1],
    ['H01M10/0525', 'H01M', 1],
    ['H01M', 'H01B1/00', 2],
    ['H01', 'H01', 2],
    ['H01M', 'H02J', 3],
    ['H', 'H01M', 3],
    ['H01M', 'G06F', 4],
    ['H01M', 'nonsense', 4],
    ['', '', 4],
  ])('of %s and %s is %i', (a, b, distance) => {
    expect(ipcDistance(a, b)).toBe(distance)
    expect(ipcDistance(b, a)).toBe(distance)
  })
})
