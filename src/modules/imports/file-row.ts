import type { CellProblem } from './domain/reading.ts'

/** A row as it stands in the file, with what is wrong about its form. */
export type FileRow = {
  /** As a spreadsheet program numbers it; in NDJSON the line. */
  number: number
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
  rows: AsyncIterable<FileRow>
}
