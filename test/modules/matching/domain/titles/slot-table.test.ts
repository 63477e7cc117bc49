import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSlot, putSlot, slotTable } from '../../../../../src/modules/matching/domain/titles/slot-table.ts'

const keyOf = (number: number) => {
  const key = new Uint8Array(16)
  new DataView(key.buffer).setUint32(number % 13, number)
  return key
}

describe('a slot table', () => {
  it('gives the newest slot of every key, also after it has grown, and none of a key that never came', () => {
    const numbers = fc.array(fc.nat(5_000), { minLength: 1, maxLength: 4_000 })
    fc.assert(
      fc.property(numbers, (list) => {
        const table = slotTable()
        const store = { keys: new Uint8Array(16 * list.length) }
        const newest = new Map<string, number>()
        list.forEach((number, slot) => {
          store.keys.set(keyOf(number), slot * 16)
          putSlot(table, store, slot)
          newest.set(keyOf(number).join(), slot)
        })
        for (const number of list) expect(findSlot(table, store, keyOf(number))).toBe(newest.get(keyOf(number).join()))
        expect(findSlot(table, store, keyOf(9_999))).toBeUndefined()
        expect(table.used).toBe(newest.size)
      }),
      { numRuns: 20 },
    )
  })
})
