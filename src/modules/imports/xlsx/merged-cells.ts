/** Which cells of a sheet lie under the first one of a merged range: `row:column`, both from 1. */
export type MergedCells = ReadonlySet<string>

const MERGE = /<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g
const MOST_CELLS = 1_000_000

/** Collects the merged ranges of a sheet from its XML, piece by piece. */
export function mergedCellCollector() {
  const cells = new Set<string>()
  return {
    cells: cells as MergedCells,
    collect(xml: string): void {
      for (const [, fromColumn = '', fromRow, toColumn = '', toRow] of xml.matchAll(MERGE)) {
        cover(cells, { left: columnNumber(fromColumn), top: Number(fromRow) }, columnNumber(toColumn), Number(toRow))
      }
    },
    /** The end of a piece, for the next one to begin with. */
    withoutCollected: (xml: string): string => xml.replace(MERGE, ''),
  }
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
