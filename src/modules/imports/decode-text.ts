import { isUtf8 } from 'node:buffer'
import { FileRefused } from '../../files/file-refused.ts'

export type DecodedText = { text: string; encoding: string }

const UTF8_MARK = [0xef, 0xbb, 0xbf]
const MARKS: { bytes: number[]; encoding: string }[] = [
  { bytes: UTF8_MARK, encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
]

/**
 * The text of a file: by its byte order mark, else UTF-8 when every byte fits, else GB18030, which Excel writes in China.
 * @throws FileRefused when it is none of them.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const mark = MARKS.find((each) => each.bytes.every((byte, index) => bytes[index] === byte))
  if (mark) return { text: decode(bytes, mark.encoding), encoding: `${mark.encoding} with byte order mark` }
  if (isUtf8(bytes)) return { text: decode(bytes, 'utf-8'), encoding: 'utf-8' }
  assertNotBroken(bytes)
  return { text: decode(bytes, 'gb18030'), encoding: 'gb18030' }
}

/** The same text in UTF-8, without its mark; the bytes themselves where they are that already. @throws FileRefused */
export function toUtf8(bytes: Uint8Array): { bytes: Uint8Array; encoding: string } {
  const hasMark = UTF8_MARK.every((byte, index) => bytes[index] === byte)
  if (!isUtf8(bytes)) {
    const { text, encoding } = decodeText(bytes)
    return { bytes: Buffer.from(text), encoding }
  }
  if (!hasMark) return { bytes, encoding: 'utf-8' }
  return { bytes: bytes.subarray(UTF8_MARK.length), encoding: 'utf-8 with byte order mark' }
}

/** In a GB18030 text more than half of the byte sequences are none of UTF-8; in a damaged UTF-8 text hardly one. */
const MOST_BROKEN = 0.2

/** A UTF-8 text with a few wrong bytes may pass for GB18030, and come in as nonsense from its first line to its last. */
function assertNotBroken(bytes: Uint8Array): void {
  const text = new TextDecoder('utf-8').decode(bytes)
  const replaced = text.split('\ufffd').length - 1
  const others = text.match(/[^\0-\x7f]/gu)?.length ?? 0
  if (replaced > MOST_BROKEN * others) return
  const before = text.slice(0, text.indexOf('\ufffd'))
  const row = before.split('\n').length
  const message = `Row ${row} holds bytes that are no UTF-8, behind “${before.slice(-20).trimStart()}”; the rest of the file is UTF-8.`
  throw new FileRefused('ENCODING_BROKEN', message)
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new FileRefused('ENCODING_UNKNOWN', 'The text is neither UTF-8 nor GB18030; save it as UTF-8.', { cause })
  }
}
