export const fileFormats = ['csv', 'xlsx', 'ndjson'] as const
export type FileFormat = (typeof fileFormats)[number]

export type Sniffed = { format: FileFormat } | { refused: string }

/** How files begin that are sent by mistake, or to see what happens. */
const SIGNATURES: { bytes: number[]; is: string }[] = [
  { bytes: [0x4d, 0x5a], is: 'a Windows program' },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], is: 'a Linux program' },
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], is: 'a macOS program' },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: 'a PDF' },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    is: 'a file of old Office (.xls), or has a password; save it as .xlsx without one',
  },
  { bytes: [0x89, 0x50, 0x4e, 0x47], is: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], is: 'a picture' },
  { bytes: [0x47, 0x49, 0x46, 0x38], is: 'a picture' },
  { bytes: [0x1f, 0x8b], is: 'compressed; send the file itself' },
  { bytes: [0x52, 0x61, 0x72, 0x21], is: 'an archive; send the file itself' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], is: 'an archive; send the file itself' },
]
/** What texts begin with that are no table, behind blanks and a byte order mark. */
const TEXT_SIGNATURES: { pattern: RegExp; is: string }[] = [
  {
    pattern: /^</,
    is: 'a web page or XML, whatever its name says; open it in a spreadsheet program and save it as .xlsx',
  },
  { pattern: /^\{\\rtf/, is: 'a text document' },
  { pattern: /^\[\s*[{\]]/, is: 'a JSON array; send its objects one a line' },
]
const ZIP = [0x50, 0x4b, 0x03, 0x04]

/**
 * What a file is by its first bytes; neither its name nor the type that the sender claims is believed. A text whose first
 * sign is a brace is NDJSON, any other text CSV. UTF-16 holds zero bytes, so only a text with its byte order mark may.
 */
export function sniffFormat(head: Uint8Array): Sniffed {
  if (head.length === 0) return { refused: 'The file is empty.' }
  if (beginsWith(head, ZIP)) return { format: 'xlsx' }
  const known = SIGNATURES.find(({ bytes }) => beginsWith(head, bytes))
  if (known) return { refused: `The file is ${known.is}. Send CSV, XLSX or NDJSON.` }
  const isUtf16 = beginsWith(head, [0xff, 0xfe]) || beginsWith(head, [0xfe, 0xff])
  if (!isUtf16 && head.includes(0)) return { refused: 'The file is neither text nor a spreadsheet.' }
  const text = String.fromCharCode(...head).replace(/^[\s\xef\xbb\xbf]+/, '')
  const other = TEXT_SIGNATURES.find(({ pattern }) => pattern.test(text))
  if (other) return { refused: `The file is ${other.is}. Send CSV, XLSX or NDJSON.` }
  return { format: text.startsWith('{') ? 'ndjson' : 'csv' }
}

function beginsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte)
}
