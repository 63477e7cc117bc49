import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sealedBox } from '../../src/http/sealed-box.ts'

const box = sealedBox('k'.repeat(32), 'test')
const text = fc.string({ unit: 'grapheme' })

it('gives back what was sealed, for the same context only', () => {
  fc.assert(
    fc.property(text, text, text, (plain, context, other) => {
      const sealed = box.seal(plain, context)
      expect(box.open(sealed, context)).toBe(plain)
      if (other !== context) expect(box.open(sealed, other)).toBeUndefined()
    }),
  )
})

it('opens nothing that was changed, cut or lengthened', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, position, mask) => {
      const sealed = box.seal(plain, 'context')
      const at = position % sealed.length
      expect(box.open(Buffer.from(sealed.with(at, (sealed[at] ?? 0) ^ mask)), 'context')).toBeUndefined()
      expect(box.open(sealed.subarray(0, at), 'context')).toBeUndefined()
      expect(box.open(Buffer.concat([sealed, Buffer.alloc(1)]), 'context')).toBeUndefined()
    }),
  )
})

it('seals the same text differently every time, and for every purpose with another key', () => {
  expect(box.seal('a', 'b').equals(box.seal('a', 'b'))).toBe(false)
  expect(sealedBox('k'.repeat(32), 'another').open(box.seal('a', 'b'), 'b')).toBeUndefined()
  expect(sealedBox('x'.repeat(32), 'test').open(box.seal('a', 'b'), 'b')).toBeUndefined()
})
