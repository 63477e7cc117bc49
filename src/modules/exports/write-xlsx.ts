import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { FileAnswer } from '../../http/files.ts'
import { encodeXlsxText, toCellText, xlsxType } from '../imports/index.ts'
import type { Cell, Table } from './domain/table.ts'
import { type RowsInTurn, rowsInTurn } from './rows-in-turn.ts'
import { DECLARATION, MAIN, sheetPath, workbookParts } from './xlsx-parts.ts'

/** Of a sheet, header and all; a program that opens more says that the file is broken. */
const MOST_ROWS = 1_048_576

/**
 * The table as a workbook: what a sheet cannot hold goes on in the next one, below the same header. Written by hand because
 * exceljs' streaming writer does not wait for a slow reader and would hold the whole file in memory; here each page is made
 * when the socket has taken the one before. An error while pages are read breaks the answer off, so that nobody takes it for
 * whole. `mostRows` of a sheet include its header, so there are at least two.
 */
export function writeXlsx(table: Table, mostRows = MOST_ROWS): FileAnswer {
  const zip = new ZipFile()
  // A PassThrough, of which yazl's types name less.
  const content = zip.outputStream as Readable
  const breakOff = (error: unknown) => {
    content.destroy(error instanceof Error ? error : new Error('an export broke off', { cause: error }))
  }
  const rows = rowsInTurn(table.pages)
  const addSheet = (sheet: number) => {
    const lines = Readable.from(linesOf(table.headers, rows, mostRows), { objectMode: false })
    // yazl listens for the end of what it reads and for nothing else; an error that nobody hears would end the process.
    lines.on('error', breakOff)
    lines.on('end', () => {
      rows.hasMore().then((hasMore) => (hasMore ? addSheet(sheet + 1) : finish(zip, sheet)), breakOff)
    })
    zip.addReadStream(lines, sheetPath(sheet))
  }
  addSheet(1)
  return { fileName: `${table.fileName}.xlsx`, mediaType: xlsxType, content }
}

function finish(zip: ZipFile, sheetCount: number): void {
  for (const [name, part] of Object.entries(workbookParts(sheetCount))) zip.addBuffer(Buffer.from(part), name)
  zip.end()
}

/** The next sheet, as full as it may be. */
async function* linesOf(headers: Table['headers'], rows: RowsInTurn, mostRows: number): AsyncGenerator<string, void> {
  const columns = headers.map((_, index) => columnName(index))
  yield `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetData>${rowOf(columns, headers, 1)}`
  for (let number = 1; number < mostRows; ) {
    const taken = await rows.take(mostRows - number)
    if (taken.length === 0) break
    const above = number
    yield taken.map((row, index) => rowOf(columns, row, above + 1 + index)).join('')
    number += taken.length
  }
  yield '</sheetData></worksheet>'
}

/** A to Z, then AA and so on. */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last
}

/** Each cell says where it is: some readers count on it. */
function rowOf(columns: readonly string[], cells: readonly Cell[], number: number): string {
  return `<row r="${number}">${cells.map((cell, index) => cellOf(cell, `${columns[index]}${number}`)).join('')}</row>`
}

/** Texts are inline strings, which no program computes; the apostrophe is there for those who save the sheet as CSV. */
function cellOf(cell: Cell, place: string): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
  if (cell === '') return ''
  const text = escaped(encodeXlsxText(toCellText(cell)))
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
