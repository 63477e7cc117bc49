import type { ListingKind } from '../listings/index.ts'
import type { Column } from './columns/column.ts'
import { columnsOf } from './columns/columns-of.ts'
import type { MatchedHeader } from './domain/header.ts'
import type { RowError, RowReading } from './domain/import.ts'
import { fromCellText } from './domain/spreadsheet-text.ts'
import type { FileRow } from './file-row.ts'

/** A row in the words of the API: fields of a create body, null for a cell that is empty. */
export type ReadRow = { fields: Record<string, unknown>; errors: RowError[]; readings: RowReading[] }
export type RowReader = (row: Pick<FileRow, 'cells' | 'problems'>) => ReadRow

/** A reader of the rows of one file, whose columns are looked up once. */
export function rowReader(kind: ListingKind, headers: readonly MatchedHeader[]): RowReader {
  const known = new Map(columnsOf(kind).map((column) => [column.field, column]))
  const columns = headers.map((header) => ({
    ...header,
    column: header.field === null ? undefined : known.get(header.field),
  }))
  return ({ cells, problems }) => {
    const found: ReadRow = { fields: {}, errors: problems.map((problem) => toError(headers, problem)), readings: [] }
    if (!Array.isArray(cells)) return { ...found, fields: cells }
    columns.forEach(({ column, header, unit }, index) => {
      if (column) readCell(found, { column, header, unit }, fromCellText(cells[index] ?? ''))
    })
    return found
  }
}

function toError(headers: readonly MatchedHeader[], { column, ...problem }: FileRow['problems'][number]): RowError {
  const matched = column === undefined ? undefined : headers[column]
  return {
    ...(matched && { column: matched.header }),
    ...(matched?.field && { field: matched.field }),
    ...problem,
  }
}

type Placed = { column: Column; header: string; unit: string | undefined }

function readCell({ fields, errors, readings }: ReadRow, { column, header, unit }: Placed, text: string): void {
  if (text.trim() === '') {
    if (column.isSpread !== true && !hasField(fields, column.field)) setField(fields, column.field, null)
    return
  }
  const reading = column.cell.read(text, unit)
  if (!reading.ok) {
    errors.push({ column: header, field: column.field, ...reading.problem })
    return
  }
  if (reading.shown !== undefined) readings.push({ column: header, text: text.slice(0, 200), readAs: reading.shown })
  if (column.isSpread === true) Object.assign(fields, reading.value)
  else setField(fields, column.field, reading.value)
}

/** A price column may have filled the field before an empty column of its own. */
function hasField(fields: Record<string, unknown>, path: string): boolean {
  return !path.includes('.') && fields[path] !== undefined
}

/** Sets `contact.name` in `contact`; an object all of whose cells are empty is null itself. */
function setField(fields: Record<string, unknown>, path: string, value: unknown): void {
  const [name = path, inner] = path.split('.')
  if (inner === undefined) {
    fields[name] = value
    return
  }
  const parent = (fields[name] ?? null) as Record<string, unknown> | null
  if (value === null && parent === null) fields[name] = null
  else fields[name] = { ...parent, [inner]: value }
}
