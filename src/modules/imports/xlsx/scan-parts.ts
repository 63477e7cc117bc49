import { unpack, type ZipEntry } from '../../../files/check-zip.ts'
import { type MergedCells, mergedCellCollector } from './merged-cells.ts'
import { isMisread } from './readable-xml.ts'

/** `misread`: entries that exceljs must not get as they are. */
export type ScannedParts = { mergedOf(entry: ZipEntry): MergedCells; misread: ReadonlySet<ZipEntry> }

/** Longer than any element that is looked for, so that none is missed that two pieces share. */
const OVERLAP = 200
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/

/**
 * Unpacks every entry once, which proves their sizes, and finds on the way what exceljs does not tell of when it streams: merged
 * cells, and what it would misread. @throws FileRefused
 */
export async function scanParts(bytes: Buffer, entries: readonly ZipEntry[]): Promise<ScannedParts> {
  const merged = new Map<ZipEntry, MergedCells>()
  const misread = new Set<ZipEntry>()
  for (const entry of entries) {
    const collector = mergedCellCollector()
    for await (const text of overlapping(unpack(bytes, entry), collector.withoutCollected)) {
      if (SHEET.test(entry.name)) collector.collect(text)
      if (isMisread(text)) misread.add(entry)
    }
    merged.set(entry, collector.cells)
  }
  return { mergedOf: (entry) => merged.get(entry) ?? new Set(), misread }
}

/** The pieces as text of one character a byte, each behind the end of the one before it. */
async function* overlapping(
  pieces: AsyncIterable<Buffer>,
  kept: (end: string) => string,
): AsyncGenerator<string, void> {
  let rest = ''
  for await (const piece of pieces) {
    const text = rest + piece.toString('latin1')
    yield text
    rest = kept(text.slice(-OVERLAP))
  }
}
