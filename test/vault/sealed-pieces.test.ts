import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxOfKey } from '../../src/http/sealed-box.ts'
import { openPieces, sealPieces } from '../../src/vault/index.ts'

const key = boxOfKey(Buffer.alloc(32, 7))
/** Of a sealed piece and of the 28 bytes that it has more than what is in it. */
const [sealedPiece, overhead] = [65_564, 28]

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}
async function collect(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
const seal = (plain: Buffer, name = 'att_1') => collect(sealPieces(key, name, inPieces(plain, 10_000)))
const open = (sealed: Buffer, { name = 'att_1', by = 70_000 } = {}) =>
  collect(openPieces(key, name, inPieces(sealed, by)))

describe('a file that was sealed in pieces', () => {
  it('opens to the same bytes, whatever its length and however they arrive', async () => {
    const lengths = fc.oneof(fc.constantFrom(0, 1, 65_535, 65_536, 65_537, 131_072), fc.nat(200_000))
    await fc.assert(
      fc.asyncProperty(lengths, fc.integer({ min: 5_000, max: 200_000 }), async (length, by) => {
        const plain = randomBytes(length)
        const sealed = await seal(plain)
        expect(sealed.length).toBe(length + overhead * Math.max(1, Math.ceil(length / 65_536)))
        expect((await open(sealed, { by })).equals(plain)).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('does not open when it was changed, cut off at any place, put in another order or under another name', async () => {
    const sealed = await seal(randomBytes(150_000))
    const [first, second, third] = [0, 1, 2].map((n) => sealed.subarray(n * sealedPiece, (n + 1) * sealedPiece))
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(70_000) ^ 1, 70_000)
    const wrong = [
      changed,
      sealed.subarray(0, -1),
      sealed.subarray(0, 2 * sealedPiece),
      sealed.subarray(0, 0),
      Buffer.concat([second, first, third].map((piece) => piece ?? Buffer.of())),
      Buffer.concat([first, third].map((piece) => piece ?? Buffer.of())),
      Buffer.concat([sealed, Buffer.of(0)]),
    ]
    for (const bytes of wrong) await expect(open(bytes)).rejects.toThrow('does not open')
    await expect(open(sealed, { name: 'att_2' })).rejects.toThrow('does not open')
  })
})
