import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pairTable, shareOfPair } from '../../../../../src/modules/matching/domain/titles/pair-table.ts'

/** Codes of units have 15 bits and begin at 1. */
const code = fc.integer({ min: 1, max: 2 ** 15 - 1 })
const pair = fc.record({ left: code, right: code, share: fc.integer({ min: 1, max: 1_000 }) })
const distinct = fc.uniqueArray(pair, { maxLength: 500, selector: ({ left, right }) => `${left} ${right}` })

it('knows the share of each pair and no other', () => {
  fc.assert(
    fc.property(distinct, fc.array(fc.tuple(code, code)), (pairs, others) => {
      const table = pairTable(pairs)
      for (const { left, right, share } of pairs) expect(shareOfPair(table, left, right)).toBe(share)
      for (const [left, right] of others) {
        const known = pairs.find((one) => one.left === left && one.right === right)
        expect(shareOfPair(table, left, right)).toBe(known?.share ?? 0)
      }
    }),
  )
})

it('tells a pair from the same two units the other way round', () => {
  const table = pairTable([{ left: 7, right: 9, share: 3 }])
  expect(shareOfPair(table, 9, 7)).toBe(0)
})
