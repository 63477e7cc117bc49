import { unpack, type ZipEntry } from '../../../files/check-zip.ts'

/** Which cells of a sheet lie under the first one of a merged range: `row:column`, both from 1. */
export type MergedCells = ReadonlySet<string>

const MERGE = /<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g
/** As long as any mergeCell element can be that two pieces share. */
const OVERLAP = 200
const MOST_CELLS = 1_000_000

/** Unpacks every entry once, which proves their sizes, and reads the merged ranges of the sheets on the way. */
export async function readMergedCells(bytes: Buffer, entries: readonly ZipEntry[]): Promise<Map<string, MergedCells>> {
  const sheets = new Map<string, MergedCells>()
  for (const entry of entries) {
    const merged = new Set<string>()
    const isSheet = /^xl\/worksheets\/[^/]+\.xml$/.test(entry.name)
    let rest = ''
    for await (const piece of unpack(bytes, entry)) {
      if (!isSheet) continue
      const text = rest + piece.toString('latin1')
      for (const [, fromColumn = '', fromRow, toColumn = '', toRow] of text.matchAll(MERGE)) {
        cover(merged, { left: columnNumber(fromColumn), top: Number(fromRow) }, columnNumber(toColumn), Number(toRow))
      }
      rest = text.slice(-OVERLAP).replace(MERGE, '')
    }
    if (isSheet) sheets.set(entry.name, merged)
  }
  return sheets
}

function cover(merged: Set<string>, { left, top }: { left: number; top: number }, right: number, bottom: number): void {
  for (let row = top; row <= bottom && merged.size < MOST_CELLS; row += 1) {
    for (let column = left; column <= right && merged.size < MOST_CELLS; column += 1) {
      if (row !== top || column !== left) merged.add(`${row}:${column}`)
    }
  }
}

/** A is 1, Z 26, AA 27. */
function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}
