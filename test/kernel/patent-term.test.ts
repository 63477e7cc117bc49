import { describe, expect, it } from 'vitest'
import { patentLapsesOn, patentTermYears } from '../../src/kernel/patent-term.ts'

describe('patentTermYears', () => {
  it.each([
    ['invention', '2010-01-01', 20],
    ['utility_model', '2021-06-01', 10],
    ['design', '2021-05-31', 10],
    ['design', '2021-06-01', 15],
  ] as const)('gives a patent for %s filed on %s %i years', (type, filedOn, years) => {
    expect(patentTermYears(type, filedOn)).toBe(years)
  })
})

describe('patentLapsesOn', () => {
  it('is the anniversary of filing, as in the example of the Examination Guidelines', () => {
    expect(patentLapsesOn('utility_model', '1999-09-06')).toBe('2009-09-06')
  })

  it('keeps a filing of 29 February on a day that exists', () => {
    expect(patentLapsesOn('invention', '2004-02-29')).toBe('2024-02-29')
    expect(patentLapsesOn('utility_model', '2004-02-29')).toBe('2014-02-28')
    expect(patentLapsesOn('invention', '2080-02-29')).toBe('2100-02-28')
  })
})
