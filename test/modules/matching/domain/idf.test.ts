import { expect, it } from 'vitest'
import { countIdf, idfOf, weigh } from '../../../../src/modules/matching/domain/idf.ts'

const table = countIdf(['铝合金', '铝锭', '铝镁 铝', '铜'])

it('counts titles, not occurrences', () => {
  expect(table.df.get('铝')).toBe(3)
})

it('weighs what is rare higher, and the unseen like what was seen once', () => {
  expect(idfOf(table, '铜')).toBeGreaterThan(idfOf(table, '铝'))
  expect(idfOf(table, '钛')).toBe(idfOf(table, '铜'))
})

it('still weighs every gram above zero when there is one title or none', () => {
  expect(idfOf(countIdf(['铝']), '铝')).toBeGreaterThan(0)
  expect(idfOf(countIdf([]), '铝')).toBeGreaterThan(0)
})

it('lets repetition count by its logarithm', () => {
  const once = weigh(['铜'], table).get('铜') ?? 0
  expect(weigh(['铜', '铜', '铜'], table).get('铜')).toBeCloseTo(once * (1 + Math.log(3)), 10)
})
