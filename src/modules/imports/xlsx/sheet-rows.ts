import type ExcelJS from 'exceljs'
import { fileLimits } from '../domain/file-limits.ts'
import { decodeXlsxText } from '../domain/xlsx-text.ts'
import type { FileRow } from '../file-row.ts'
import type { MergedCells } from './merged-cells.ts'

/** A row of a sheet; `cells` is always a list. */
export type SheetRow = FileRow & { cells: string[] }

/** The cells of a row as texts, and what is wrong with them. */
export function toSheetRow(row: ExcelJS.Row, merged: MergedCells): SheetRow {
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
  if (value instanceof Date) return readDate(value)
  if (typeof value === 'string') return { text: decodeXlsxText(value) }
  if (typeof value === 'number') return readNumber(value)
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

/** Two long numbers of an own register would become the same one without a word. */
function readNumber(value: number): ReadValue {
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return { text: String(value) }
  const message = 'has more digits than a spreadsheet keeps of a number; make the column text and fill it in again'
  return { text: '', problem: { code: 'number_not_exact', message } }
}

/** A number that is shown as a date may be none: 99,999,999 has no day. */
function readDate(date: Date): ReadValue {
  if (!Number.isNaN(date.getTime())) return { text: date.toISOString().replace(/T00:00:00\.000Z$/, '') }
  return { text: '', problem: { code: 'cell_error', message: 'is shown as a date, and its number is none' } }
}
