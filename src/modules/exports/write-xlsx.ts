import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { FileAnswer } from '../../http/files.ts'
import { encodeXlsxText, toCellText, xlsxType } from '../imports/index.ts'
import type { Cell, Table } from './domain/table.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const PART = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Of a sheet, header and all; a program that opens more says that the file is broken. */
const MOST_ROWS = 1_048_576

/** The parts of a workbook of one sheet that do not depend on its rows. */
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${PART}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${PART}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
}

/**
 * The table as a workbook of one sheet. Written by hand because exceljs' streaming writer does not wait for a slow
 * reader and would hold the whole file in memory; here each page is made when the socket has taken the one before. An answer
 * that would have more rows than a sheet can is cut off, so that nobody takes it for whole.
 */
export function writeXlsx(table: Table): FileAnswer {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(DECLARATION + content), name)
  zip.addReadStream(Readable.from(sheetOf(table), { objectMode: false }), 'xl/worksheets/sheet1.xml')
  zip.end()
  // A PassThrough, of which yazl's types name less.
  const content = zip.outputStream as Readable
  return { fileName: `${table.fileName}.xlsx`, mediaType: xlsxType, content }
}

async function* sheetOf({ headers, pages }: Table): AsyncGenerator<string, void> {
  const columns = headers.map((_, index) => columnName(index))
  let number = 1
  yield `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetData>${rowOf(columns, headers, number)}`
  for await (const rows of pages) {
    const lines = rows.map((row, index) => rowOf(columns, row, number + 1 + index))
    number += rows.length
    if (number > MOST_ROWS) throw new Error(`an export has more rows than the ${MOST_ROWS} of a sheet`)
    if (lines.length > 0) yield lines.join('')
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
