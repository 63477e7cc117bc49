import { Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import type { ZipEntry } from '../../../files/check-zip.ts'
import { FileRefused } from '../../../files/file-refused.ts'
import { feedOf } from './feed.ts'
import type { MergedCells } from './merged-cells.ts'
import type { ScannedParts } from './scan-parts.ts'
import { type SheetRow, toSheetRow } from './sheet-rows.ts'
import type { Tab } from './workbook-tabs.ts'

export type Sheet = { tab: Tab; rows: AsyncGenerator<SheetRow, void> }

const OPTIONS = {
  entries: 'ignore',
  hyperlinks: 'ignore',
  sharedStrings: 'cache',
  styles: 'cache',
  worksheets: 'emit',
} as const

type Workbook = {
  bytes: Buffer
  entries: readonly ZipEntry[]
  tabs: readonly Tab[]
  scanned: ScannedParts
  /** What reading may take, in milliseconds. */
  mostMs: number
}

/** Of a sheet, in every spreadsheet program. */
const MOST_ROWS = 1_048_576

/** One sheet after the other, each with the rows that hold something: read them to their end before the next. @throws FileRefused */
export async function* readSheets({ bytes, entries, tabs, scanned, mostMs }: Workbook): AsyncGenerator<Sheet, void> {
  const deadline = performance.now() + mostMs
  const sheetEntries = tabs.map(({ entry }) => entry)
  const feed = feedOf({ bytes, entries, sheets: sheetEntries, misread: scanned.misread })
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from(feed), OPTIONS)
  const sheets = workbook[Symbol.asyncIterator]()
  for (const tab of tabs) {
    const next = await orRefused(() => sheets.next())
    if (next.done === true) return
    yield { tab, rows: rowsOf(next.value, { merged: scanned.mergedOf(tab.entry), deadline }) }
  }
}

type Limits = { merged: MergedCells; deadline: number }

async function* rowsOf(
  sheet: ExcelJS.stream.xlsx.WorksheetReader,
  { merged, deadline }: Limits,
): AsyncGenerator<SheetRow, void> {
  const rows = sheet[Symbol.asyncIterator]()
  for (;;) {
    const next = await orRefused(() => rows.next())
    if (next.done === true) return
    if (performance.now() > deadline) {
      throw new FileRefused('TOO_SLOW', 'The spreadsheet takes too long to read; delete empty rows and split it.')
    }
    const { number } = next.value
    if (!(Number.isInteger(number) && number >= 1 && number <= MOST_ROWS)) {
      throw new FileRefused('XLSX_BROKEN', `A row has the number ${number}; save the spreadsheet again as .xlsx.`)
    }
    const row = toSheetRow(next.value, merged)
    if (row.cells.some((cell) => cell !== '') || row.problems.length > 0) yield row
  }
}

async function orRefused<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    throw new FileRefused('XLSX_BROKEN', 'The spreadsheet cannot be read; save it again as .xlsx.', { cause })
  }
}
