import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BrokerShare, changedShares } from '../../../../src/modules/deals/domain/broker-shares.ts'

const shares = fc
  .uniqueArray(
    fc.record({ userId: fc.constantFrom('a', 'b', 'c', 'd'), shareBp: fc.integer({ min: 1, max: 10_000 }) }),
    {
      selector: ({ userId }) => userId,
    },
  )
  .map((all) => all as BrokerShare[])

describe('a change of the shares', () => {
  it('applied to those of before gives those of after, and names nobody whose share stays', () => {
    fc.assert(
      fc.property(shares, shares, (before, after) => {
        const changed = changedShares(before, after)
        const applied = new Map(before.map(({ userId, shareBp }) => [userId, shareBp]))
        for (const { userId, shareBp } of changed) {
          expect(applied.get(userId) ?? 0).not.toBe(shareBp)
          if (shareBp === 0) applied.delete(userId)
          else applied.set(userId, shareBp)
        }
        expect(applied).toEqual(new Map(after.map(({ userId, shareBp }) => [userId, shareBp])))
      }),
    )
  })
})
