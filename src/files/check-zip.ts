import { createInflateRaw } from 'node:zlib'
import { FileRefused } from './file-refused.ts'

export const zipLimits = { entries: 1_000, unpackedBytes: 200 * 1_048_576, ratio: 100 } as const

export type ZipEntry = { name: string; method: number; start: number; packed: number; unpacked: number }

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const ENCRYPTED = 1
const STORED = 0
const DEFLATED = 8
/** What is small may shrink a lot; a bomb is large. */
const HARMLESS_BYTES = 1_048_576

/** The entries of a zip archive, read from its directory alone. @throws FileRefused when it is broken or too much. */
export function zipEntries(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END) throw broken('has no directory')
  const count = bytes.readUInt16LE(end + 10)
  if (count > zipLimits.entries) throw bomb(`has ${count} entries; ${zipLimits.entries} are allowed`)
  const entries: ZipEntry[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw broken('has a broken directory')
    const nameLength = bytes.readUInt16LE(at + 28)
    entries.push(entryAt(bytes, at, nameLength))
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  assertSane(entries)
  return entries
}

function entryAt(bytes: Buffer, at: number, nameLength: number): ZipEntry {
  const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
  const local = bytes.readUInt32LE(at + 42)
  if (bytes.readUInt16LE(at + 8) & ENCRYPTED) throw new FileRefused('XLSX_ENCRYPTED', 'Take the password off the file.')
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) throw broken('has a broken entry')
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const packed = bytes.readUInt32LE(at + 20)
  if (start + packed > bytes.length) throw broken('is cut off')
  return { name, method: bytes.readUInt16LE(at + 10), start, packed, unpacked: bytes.readUInt32LE(at + 24) }
}

function assertSane(entries: readonly ZipEntry[]): void {
  for (const { name, method } of entries) {
    if (/(^|[\\/])\.\.([\\/]|$)|^[\\/]|\0/.test(name)) throw broken('names files outside of itself')
    if (method !== STORED && method !== DEFLATED) throw broken('is packed in an unknown way')
  }
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0)
  if (unpacked > zipLimits.unpackedBytes) throw bomb('unpacks to more than 200 MB')
  if (unpacked > HARMLESS_BYTES && unpacked > packed * zipLimits.ratio) throw bomb('is packed more than a hundredfold')
}

/** Unpacks an entry in pieces. @throws FileRefused as soon as it is larger than its directory said. */
export async function* unpack(bytes: Buffer, entry: ZipEntry): AsyncGenerator<Buffer> {
  const packed = bytes.subarray(entry.start, entry.start + entry.packed)
  let size = 0
  try {
    for await (const piece of entry.method === STORED ? [packed] : inflated(packed)) {
      size += piece.length
      if (size > entry.unpacked) throw bomb(`unpacks to more than it says (${entry.name})`)
      yield piece
    }
  } catch (cause) {
    throw cause instanceof FileRefused ? cause : broken(`cannot be unpacked (${entry.name})`)
  }
}

/** The whole of an entry. @throws FileRefused */
export async function unpackWhole(bytes: Buffer, entry: ZipEntry): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of unpack(bytes, entry)) pieces.push(piece)
  return Buffer.concat(pieces)
}

function inflated(packed: Buffer): AsyncIterable<Buffer> {
  const inflate = createInflateRaw()
  inflate.end(packed)
  return inflate
}

function broken(how: string): FileRefused {
  return new FileRefused('XLSX_BROKEN', `The file ${how}.`)
}

function bomb(how: string): FileRefused {
  return new FileRefused('XLSX_TOO_LARGE', `The file ${how}.`)
}
