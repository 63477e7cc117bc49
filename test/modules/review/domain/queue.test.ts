import { describe, expect, it } from 'vitest'
import { countsBy, type QueueGroup, sumCounts } from '../../../../src/modules/review/domain/queue.ts'

const groups: QueueGroup[] = [
  { market: 'ningbo', fields: ['a', 'b'], open: 2, leased: 1, snoozed: 0, overdue: 1, oldestAgeSeconds: 60 },
  { market: 'beilun', fields: ['b'], open: 3, leased: 0, snoozed: 4, overdue: 2, oldestAgeSeconds: 90 },
  { market: 'ningbo', fields: ['c'], open: 0, leased: 5, snoozed: 0, overdue: 0, oldestAgeSeconds: null },
]

describe('the counts of the queue', () => {
  it('add up, with the age of the oldest item that can be claimed', () => {
    expect(sumCounts(groups)).toEqual({ open: 5, leased: 6, snoozed: 4, overdue: 3, oldestAgeSeconds: 90 })
    expect(sumCounts([])).toEqual({ open: 0, leased: 0, snoozed: 0, overdue: 0, oldestAgeSeconds: null })
  })

  it('are told by key; an item with two fields counts in both', () => {
    expect(countsBy(groups, ({ market }) => [market]).map(({ key, open }) => [key, open])).toEqual([
      ['beilun', 3],
      ['ningbo', 2],
    ])
    expect(countsBy(groups, ({ fields }) => fields)).toEqual([
      { key: 'a', open: 2, leased: 1, snoozed: 0, overdue: 1, oldestAgeSeconds: 60 },
      { key: 'b', open: 5, leased: 1, snoozed: 4, overdue: 3, oldestAgeSeconds: 90 },
      { key: 'c', open: 0, leased: 5, snoozed: 0, overdue: 0, oldestAgeSeconds: null },
    ])
  })
})
