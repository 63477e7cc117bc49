import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { deflateRawSync } from 'node:zlib'
import { ZipFile } from 'yazl'

export const pdf = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
export const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A zip of these parts. */
export function zipOf(parts: Record<string, Buffer | string>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream as Readable)
}

const contentTypes = (part: string) =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>${part}</Types>`

/** A document of Office with further parts. */
export function docx(parts: Record<string, Buffer | string> = {}): Promise<Buffer> {
  return zipOf({
    '[Content_Types].xml': contentTypes(''),
    'word/document.xml': '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
    ...parts,
  })
}

/** A document whose part unpacks to 30 MB of nothing, a thousandfold. */
export function bombDocx(): Promise<Buffer> {
  return docx({ 'word/media/image1.bmp': Buffer.alloc(30 * 1_048_576) })
}

/** Says in its directory that a part is small, and unpacks to more. */
export async function lyingDocx(): Promise<Buffer> {
  const bytes = await docx({ 'word/lie.bin': Buffer.alloc(3_000_000, 'lie') })
  const packed = deflateRawSync(Buffer.alloc(3_000_000, 'lie')).length
  for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4)) {
    if (bytes.readUInt32LE(at + 24) === 3_000_000) bytes.writeUInt32LE(Math.min(packed, 1_000), at + 24)
  }
  return bytes
}
