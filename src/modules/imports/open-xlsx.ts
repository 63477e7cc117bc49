import { Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { zipEntries } from '../../files/check-zip.ts'
import { FileRefused } from '../../files/file-refused.ts'
import { fileLimits } from './domain/file-limits.ts'
import { decodeXlsxText } from './domain/xlsx-text.ts'
import type { FileRow, OpenedFile } from './file-row.ts'
import { type MergedCells, readMergedCells } from './merged-cells.ts'
import { assertColumns, withoutEmptyEnd } from './open-csv.ts'

/** Reads the first sheet of a spreadsheet as a stream, once the archive has proven harmless. @throws FileRefused */
export async function openXlsx(bytes: Buffer): Promise<OpenedFile> {
  const entries = zipEntries(bytes)
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) {
    throw new FileRefused('XLSX_BROKEN', 'The archive is no spreadsheet; send an .xlsx file.')
  }
  const merged = await readMergedCells(bytes, entries)
  const rows = sheetRows(bytes, (sheet) => merged.get(`xl/worksheets/sheet${sheet}.xml`) ?? new Set())
  const first = await rows.next()
  if (first.done === true) throw new FileRefused('EMPTY_FILE', 'The first sheet is empty.')
  const headers = withoutEmptyEnd(first.value.cells as string[])
  assertColumns(headers.length)
  return { headers, rows: within(rows, headers.length) }
}

async function* within(rows: AsyncGenerator<FileRow>, width: number): AsyncGenerator<FileRow> {
  for await (const row of rows) {
    const cells = withoutEmptyEnd(row.cells as string[])
    const message = `has a cell in column ${cells.length}, the header ends at ${width}`
    const problems = cells.length > width ? [{ code: 'ragged_row', message }, ...row.problems] : row.problems
    yield { ...row, cells: cells.slice(0, width), problems }
  }
}

async function* sheetRows(bytes: Buffer, mergedOf: (sheet: string) => MergedCells): AsyncGenerator<FileRow> {
  const options = {
    entries: 'ignore',
    hyperlinks: 'ignore',
    sharedStrings: 'cache',
    styles: 'cache',
    worksheets: 'emit',
  } as const
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from(pieces(bytes)), options)
  try {
    for await (const sheet of workbook) {
      const merged = mergedOf(String((sheet as unknown as { id: string | number }).id))
      for await (const row of sheet) {
        const read = toFileRow(row, merged)
        if ((read.cells as string[]).some((cell) => cell !== '') || read.problems.length > 0) yield read
      }
      return
    }
  } catch (cause) {
    throw new FileRefused('XLSX_BROKEN', 'The spreadsheet cannot be read; save it again as .xlsx.', { cause })
  }
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536)
}

function toFileRow(row: ExcelJS.Row, merged: MergedCells): FileRow {
  const problems: FileRow['problems'] = []
  const values = row.values as unknown[]
  const cells = Array.from({ length: widthOf(row.number, values, merged) }, (_, column) => {
    if (merged.has(`${row.number}:${column + 1}`)) {
      problems.push({
        column,
        code: 'merged_cell',
        message: 'is merged with another cell; unmerge and fill in each row',
      })
    }
    const { text, problem } = readValue(values[column + 1])
    if (problem) problems.push({ column, ...problem })
    return text
  })
  return { number: row.number, cells, problems }
}

/** Up to the last cell that holds something, or lies under a merged one. */
function widthOf(row: number, values: readonly unknown[], merged: MergedCells): number {
  const columns = Array.from({ length: fileLimits.columns }, (_, index) => index + 1)
  return Math.max(values.length - 1, columns.findLast((column) => merged.has(`${row}:${column}`)) ?? 0)
}

type ReadValue = { text: string; problem?: { code: string; message: string } }

function readValue(value: unknown): ReadValue {
  if (value === null || value === undefined) return { text: '' }
  if (value instanceof Date) return { text: value.toISOString().replace(/T00:00:00\.000Z$/, '') }
  if (typeof value === 'string') return { text: decodeXlsxText(value) }
  if (typeof value !== 'object') return { text: String(value) }
  if ('richText' in value) {
    return { text: (value.richText as { text: string }[]).map(({ text }) => decodeXlsxText(text)).join('') }
  }
  if ('text' in value) return readValue(value.text)
  if ('formula' in value || 'sharedFormula' in value) {
    return { text: '', problem: { code: 'formula', message: 'is a formula; paste its value' } }
  }
  return { text: '', problem: { code: 'cell_error', message: 'holds an error of the spreadsheet program' } }
}
