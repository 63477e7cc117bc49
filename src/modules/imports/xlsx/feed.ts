import { unpackWhole, type ZipEntry } from '../../../files/check-zip.ts'
import { readableXml } from './readable-xml.ts'

const RELATIONS_XML = 'http://schemas.openxmlformats.org/package/2006/relationships'
const MAIN_XML = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PIECE = 65_536
const UTF8 = 0x800

export type Feed = {
  bytes: Buffer
  entries: readonly ZipEntry[]
  sheets: readonly ZipEntry[]
  misread: ReadonlySet<ZipEntry>
}

/**
 * The archive as exceljs likes it: what it needs and nothing else, shared texts before the sheets, the sheets in the order
 * given and numbered by it. In another order it would write each sheet to a temporary file first, and leave that behind with
 * its descriptor when a file is refused. Without relations a sheet keeps its number as id.
 */
export async function* feedOf({ bytes, entries, sheets, misread }: Feed): AsyncGenerator<Buffer, void> {
  const partOf = (name: string) => entries.find((entry) => entry.name === name)
  const fed = async (name: string, entry: ZipEntry) => {
    if (!misread.has(entry)) return record(name, entry, bytes.subarray(entry.start, entry.start + entry.packed))
    // As latin1, which keeps every byte: what is looked for is ASCII.
    const xml = readableXml((await unpackWhole(bytes, entry)).toString('latin1'))
    return stored(name, Buffer.from(xml, 'latin1'))
  }
  yield* stored('xl/_rels/workbook.xml.rels', Buffer.from(`<Relationships xmlns="${RELATIONS_XML}"/>`))
  for (const name of ['xl/workbook.xml', 'xl/styles.xml', 'xl/sharedStrings.xml']) {
    const entry = partOf(name)
    if (entry) yield* await fed(name, entry)
  }
  if (partOf('xl/sharedStrings.xml') === undefined) {
    yield* stored('xl/sharedStrings.xml', Buffer.from(`<sst xmlns="${MAIN_XML}"/>`))
  }
  for (const [index, entry] of sheets.entries()) yield* await fed(`xl/worksheets/sheet${index + 1}.xml`, entry)
}

function stored(name: string, content: Buffer): Generator<Buffer, void> {
  return record(name, { method: 0, packed: content.length, unpacked: content.length }, content)
}

/** A local header that knows its sizes, and what it heads in pieces that do not fill memory at once. */
function* record(name: string, entry: Pick<ZipEntry, 'method' | 'packed' | 'unpacked'>, content: Buffer) {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(UTF8, 6)
  head.writeUInt16LE(entry.method, 8)
  head.writeUInt32LE(entry.packed, 18)
  head.writeUInt32LE(entry.unpacked, 22)
  head.writeUInt16LE(name.length, 26)
  yield Buffer.concat([head, Buffer.from(name)])
  for (let start = 0; start < content.length; start += PIECE) yield content.subarray(start, start + PIECE)
}
