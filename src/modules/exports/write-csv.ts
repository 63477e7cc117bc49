import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { FileAnswer } from '../../http/files.ts'
import { csvType, toCellText } from '../imports/index.ts'
import type { Cell, Table } from './domain/table.ts'

/** Excel takes a CSV for UTF-8 only with it. */
const BYTE_ORDER_MARK = '\uFEFF'

/** The table as CSV in UTF-8. */
export function writeCsv(table: Table): FileAnswer {
  return {
    fileName: `${table.fileName}.csv`,
    mediaType: `${csvType}; charset=utf-8`,
    content: Readable.from(linesOf(table)),
  }
}

async function* linesOf({ headers, pages }: Table): AsyncGenerator<string, void> {
  yield BYTE_ORDER_MARK + stringify([headers.map(toCellText)])
  for await (const rows of pages) {
    if (rows.length > 0) yield stringify(rows.map((row) => row.map(safe)))
  }
}

function safe(cell: Cell): Cell {
  return typeof cell === 'number' ? cell : toCellText(cell)
}
