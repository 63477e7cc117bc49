import { Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import type { ZipEntry } from '../../../files/check-zip.ts'
import { FileRefused } from '../../../files/file-refused.ts'
import { feedOf } from './feed.ts'
import type { MergedCells } from './merged-cells.ts'
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
  mergedOf(tab: Tab): MergedCells
}

/** One sheet after the other, each with the rows that hold something: read them to their end before the next. @throws FileRefused */
export async function* readSheets({ bytes, entries, tabs, mergedOf }: Workbook): AsyncGenerator<Sheet, void> {
  const feed = feedOf(
    bytes,
    entries,
    tabs.map(({ entry }) => entry),
  )
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from(feed), OPTIONS)
  const sheets = workbook[Symbol.asyncIterator]()
  for (const tab of tabs) {
    const next = await orRefused(() => sheets.next())
    if (next.done === true) return
    yield { tab, rows: rowsOf(next.value, mergedOf(tab)) }
  }
}

async function* rowsOf(
  sheet: ExcelJS.stream.xlsx.WorksheetReader,
  merged: MergedCells,
): AsyncGenerator<SheetRow, void> {
  const rows = sheet[Symbol.asyncIterator]()
  for (;;) {
    const next = await orRefused(() => rows.next())
    if (next.done === true) return
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
