import { describe, expect, it } from 'vitest'
import { type PreparedCache, preparedCache } from '../../../src/modules/matching/prepared-cache.ts'
import { preparedSupply } from './domain/market.ts'

const prepared = preparedSupply({ title: '铝合金搅拌摩擦焊接装备' })

function addTwice(cache: PreparedCache, id: string, stamp: string): void {
  cache.add(id, stamp, prepared)
  cache.add(id, stamp, prepared)
}

describe('preparedCache', () => {
  it('gives back what was added under the same stamp, and nothing under another', () => {
    const cache = preparedCache(1000)
    addTwice(cache, 'a', '1')
    expect(cache.find('a', '1')).toBe(prepared)
    expect(cache.find('a', '2')).toBeUndefined()
    expect(cache.find('b', '1')).toBeUndefined()
  })

  it('keeps nobody who comes for the first time', () => {
    const cache = preparedCache(1000)
    cache.add('a', '1', prepared)
    expect(cache.stampOf('a')).toBeUndefined()
    cache.add('a', '2', prepared)
    expect(cache.find('a', '2')).toBe(prepared)
  })

  it('lets go of what was not used for longest when it is full', () => {
    const cache = preparedCache(120)
    for (const id of ['a', 'b']) addTwice(cache, id, '1')
    cache.find('a', '1')
    addTwice(cache, 'c', '1')
    expect(['a', 'b', 'c'].filter((id) => cache.find(id, '1'))).toEqual(['a', 'c'])
  })

  it('counts a listing once however often it changes', () => {
    const cache = preparedCache(120)
    addTwice(cache, 'a', '1')
    for (const stamp of ['1', '2', '3', '4']) addTwice(cache, 'b', stamp)
    expect(cache.find('a', '1')).toBe(prepared)
  })

  it('keeps at least the newest', () => {
    const cache = preparedCache(1)
    addTwice(cache, 'a', '1')
    expect(cache.find('a', '1')).toBe(prepared)
  })
})
