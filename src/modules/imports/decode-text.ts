import { isUtf8 } from 'node:buffer'
import { FileRefused } from '../../files/file-refused.ts'

export type DecodedText = { text: string; encoding: string }

const MARKS: { bytes: number[]; encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
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
  return { text: decode(bytes, 'gb18030'), encoding: 'gb18030' }
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new FileRefused('ENCODING_UNKNOWN', 'The text is neither UTF-8 nor GB18030; save it as UTF-8.', { cause })
  }
}
