import type { ReadSheet } from './domain/read-sheet.ts'
import type { CellProblem } from './domain/reading.ts'

/** A row as it stands in the file, with what is wrong about its form. */
export type FileRow = {
  /** As a spreadsheet program numbers it; in NDJSON the line. */
  number: number
  /** Of a workbook's sheets after the first: its name, because rows of each count from 1. */
  sheet?: string
  /** Texts of the cells; in NDJSON the fields themselves. */
  cells: string[] | Record<string, unknown>
  /** `column` counts from 0, a line of NDJSON has a `field`; without either the row as a whole is meant. */
  problems: (CellProblem & { column?: number; field?: string })[]
}

/** A row that waits for its turn. */
export type WaitingRow = FileRow & { externalId: string | null }

export type OpenedFile = {
  /** Undefined for XLSX, which is always UTF-8. */
  encoding?: string
  /** Empty for NDJSON, where every row names its fields. */
  headers: string[]
  /** Of a workbook. True only when the rows have been read to their end. */
  sheets?: ReadSheet[]
  rows: AsyncIterable<FileRow>
}
