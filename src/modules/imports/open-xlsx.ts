import { isDeepStrictEqual } from 'node:util'
import { zipEntries } from '../../files/check-zip.ts'
import { FileRefused } from '../../files/file-refused.ts'
import { impossible } from '../../kernel/assert.ts'
import type { ReadSheet } from './domain/read-sheet.ts'
import type { FileRow, OpenedFile } from './file-row.ts'
import { assertColumns, withoutEmptyEnd } from './open-csv.ts'
import { readSheets, type Sheet } from './xlsx/read-sheets.ts'
import { farColumn } from './xlsx/readable-xml.ts'
import { scanParts } from './xlsx/scan-parts.ts'
import type { SheetRow } from './xlsx/sheet-rows.ts'
import { readTabs, type Tab } from './xlsx/workbook-tabs.ts'

/** The usual file of 100,000 rows takes ten; a transaction of a worker ends at 60, and the file would be begun anew for ever. */
const MOST_MS = 40_000

/**
 * Reads a spreadsheet as a stream, once the archive has proven harmless: the first visible sheet, and each one after it that
 * has the same header, as a list goes on that is longer than a sheet. @throws FileRefused, also while rows are read
 */
export async function openXlsx(bytes: Buffer, mostMs = MOST_MS): Promise<OpenedFile> {
  const entries = zipEntries(bytes)
  const scanned = await scanParts(bytes, entries)
  const tabs = await readTabs(bytes, entries)
  const visible = tabs.filter(({ isHidden }) => !isHidden)
  const further = readSheets({ bytes, entries, tabs: visible, scanned, mostMs })
  const first = (await further.next()).value
  const header = (await first?.rows.next())?.value
  if (!first || !header) throw new FileRefused('EMPTY_FILE', 'The first sheet is empty.')
  const headers = withoutEmptyEnd(header.cells)
  assertColumns(headers.length)
  assertPlain(header)
  const reports = new Map(tabs.map((tab) => [tab, reportOf(tab)]))
  return { headers, sheets: [...reports.values()], rows: rowsOfAll({ first, further, headers, reports }) }
}

/** Half a header would be read, and the columns of the other half passed over. */
function assertPlain({ number, problems: [problem] }: SheetRow): void {
  if (problem === undefined) return
  const place = `Row ${number}, column ${(problem.column ?? 0) + 1}`
  const message = `${place}, in the header, ${problem.message}; the first row must hold the headers of the template, one a cell.`
  throw new FileRefused('HEADER_FORM', message)
}

function reportOf({ name, isHidden }: Tab): ReadSheet {
  return { name, rows: 0, state: isHidden ? 'hidden' : 'empty' }
}

type Opened = {
  first: Sheet
  further: AsyncIterable<Sheet>
  headers: string[]
  reports: ReadonlyMap<Tab, ReadSheet>
}

async function* rowsOfAll({ first, further, headers, reports }: Opened): AsyncGenerator<FileRow, void> {
  const reportOn = (tab: Tab) => reports.get(tab) ?? impossible('every tab has its report')
  yield* rowsBelow(headers, first.rows, reportOn(first.tab))
  for await (const { tab, rows } of further) {
    const header = await rows.next()
    if (header.done === true) continue
    if (isDeepStrictEqual(withoutEmptyEnd(header.value.cells), headers)) {
      for await (const row of rowsBelow(headers, rows, reportOn(tab))) yield { ...row, sheet: tab.name }
      continue
    }
    reportOn(tab).state = 'other_header'
    // To its end, or the reader does not go on to the next one.
    for await (const _row of rows);
  }
}

async function* rowsBelow(
  { length: width }: readonly string[],
  rows: AsyncIterable<SheetRow>,
  report: ReadSheet,
): AsyncGenerator<FileRow, void> {
  report.state = 'read'
  for await (const row of rows) {
    report.rows += 1
    yield within(row, width)
  }
}

function within(row: SheetRow, width: number): FileRow {
  const cells = withoutEmptyEnd(row.cells)
  const place = cells.length < farColumn ? `in column ${cells.length}` : `behind column ${farColumn - 1}`
  const message = `has a cell ${place}, the header ends at ${width}`
  const problems = cells.length > width ? [{ code: 'ragged_row', message }, ...row.problems] : row.problems
  return { ...row, cells: cells.slice(0, width), problems }
}
