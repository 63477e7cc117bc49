import { overheadBytes } from '../http/sealed-box.ts'
import type { DataKey } from '../ports/vault.ts'

/** Small enough to be held many times at once, large enough that a box's 28 bytes and 8 µs do not count. */
const pieceBytes = 65_536

/**
 * Seals what is too long to be held as a whole, piece by piece. Each piece is bound to its name, its number and whether it is the
 * last: none can be taken away, repeated or put elsewhere, and a file that was cut off does not open to its end.
 */
export async function* sealPieces(
  key: DataKey,
  name: string,
  plain: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  for await (const { piece, place } of piecesOf(plain, pieceBytes)) yield key.sealBytes(piece, `${place} of ${name}`)
}

/** The way back; nothing of a piece comes out that is not what was sealed. @throws at the first that is not. */
export async function* openPieces(
  key: DataKey,
  name: string,
  sealed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  for await (const { piece, place } of piecesOf(sealed, pieceBytes + overheadBytes)) {
    const plain = key.openBytes(piece, `${place} of ${name}`)
    if (plain === undefined) throw new Error(`${place} of ${name} does not open: it was changed or cut off`)
    yield plain
  }
}

/** Pieces of one length, but for the last, which is known by its end. */
async function* piecesOf(
  source: AsyncIterable<Uint8Array>,
  length: number,
): AsyncGenerator<{ piece: Buffer; place: string }> {
  let [rest, number] = [Buffer.alloc(0), 1]
  for await (const bytes of source) {
    rest = Buffer.concat([rest, bytes])
    for (; rest.length > length; rest = rest.subarray(length), number += 1) {
      yield { piece: rest.subarray(0, length), place: `piece ${number}` }
    }
  }
  yield { piece: rest, place: `last piece ${number}` }
}
