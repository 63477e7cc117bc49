import { describe, expect, it } from 'vitest'
import { anonymous } from '../../../src/kernel/principal.ts'
import { viewerCache } from '../../../src/modules/identity/viewer-cache.ts'

const never = Number.POSITIVE_INFINITY

describe('viewerCache', () => {
  it('remembers for less than a second and forgets then', () => {
    const cache = viewerCache()
    cache.set('a', anonymous, { nowMs: 5_000, endsAtMs: never })
    expect(cache.get('a', 5_999)).toBe(anonymous)
    expect(cache.get('a', 6_000)).toBeUndefined()
    expect(cache.size).toBe(0)
  })

  it('never outlives the token, nor a clock that is set back', () => {
    const cache = viewerCache()
    cache.set('a', anonymous, { nowMs: 5_000, endsAtMs: 5_200 })
    expect(cache.get('a', 5_200)).toBeUndefined()
    cache.set('b', anonymous, { nowMs: 5_000, endsAtMs: never })
    expect(cache.get('b', 4_999)).toBeUndefined()
  })

  it('holds at most 10,000 entries and drops the oldest', () => {
    const cache = viewerCache()
    for (let index = 0; index <= 10_000; index += 1) {
      cache.set(String(index), anonymous, { nowMs: 5_000, endsAtMs: never })
    }
    expect(cache.size).toBe(10_000)
    expect(cache.get('0', 5_000)).toBeUndefined()
    expect(cache.get('10000', 5_000)).toBe(anonymous)
  })
})
