import { describe, expect, it } from 'vitest'
import { preparedCache } from '../../../src/modules/matching/prepared-cache.ts'
import { preparedSupply } from './domain/market.ts'

const prepared = preparedSupply({ title: '铝合金搅拌摩擦焊接装备' })

describe('preparedCache', () => {
  it('gives back what was added under the same stamp, and nothing under another', () => {
    const cache = preparedCache(1000)
    cache.add('a', '1', prepared)
    expect(cache.find('a', '1')).toBe(prepared)
    expect(cache.find('a', '2')).toBeUndefined()
    expect(cache.find('b', '1')).toBeUndefined()
  })

  it('lets go of what was not used for longest when it is full', () => {
    const cache = preparedCache(120)
    for (const id of ['a', 'b']) cache.add(id, '1', prepared)
    cache.find('a', '1')
    cache.add('c', '1', prepared)
    expect(['a', 'b', 'c'].filter((id) => cache.find(id, '1'))).toEqual(['a', 'c'])
  })

  it('counts a listing once however often it changes', () => {
    const cache = preparedCache(120)
    cache.add('a', '1', prepared)
    for (const stamp of ['1', '2', '3', '4']) cache.add('b', stamp, prepared)
    expect(cache.find('a', '1')).toBe(prepared)
  })

  it('keeps at least the newest', () => {
    const cache = preparedCache(1)
    cache.add('a', '1', prepared)
    expect(cache.find('a', '1')).toBe(prepared)
  })
})
