import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { ZipFile } from 'yazl'

export type SheetOf = { name: string; rows: readonly unknown[][]; state?: 'hidden' }

/** An XLSX with these sheets, each as the tab it is. */
export async function workbookOf(sheets: readonly SheetOf[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  for (const { name, rows, state } of sheets) {
    const sheet = workbook.addWorksheet(name, state && { state })
    for (const row of rows) sheet.addRow(row)
  }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** An XLSX with one sheet of these rows; `change` may do to it what people do. */
export async function xlsxOf(rows: readonly unknown[][], change?: (sheet: ExcelJS.Worksheet) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('数据')
  for (const row of rows) sheet.addRow(row)
  change?.(sheet)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** An XLSX whose one sheet has this XML for rows, and whose shared texts have this one: what exceljs would not write. */
export async function rawXlsx(rows: string, sharedTexts = ''): Promise<Buffer> {
  const zip = new ZipFile()
  const parts = {
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="r"><sheets><sheet name="数据" sheetId="1" r:id="a"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${sharedTexts}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
  }
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream as Readable)
}

/** A cell of `rawXlsx` with a text of its own. */
export function inlineCell(place: string, text: string): string {
  return `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
}

/** A CSV file of simple cells. */
export function csvOf(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(
    rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? JSON.stringify(cell) : cell)).join(',')).join('\r\n'),
  )
}
