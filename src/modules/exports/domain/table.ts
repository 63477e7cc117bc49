/** A number is written as one and never takes an apostrophe; a text is written so that no program takes it for a formula. */
export type Cell = string | number

/** What an export file holds. Rows come in pages, so that no more than one is in memory. */
export type Table = {
  /** Without an extension. */
  fileName: string
  headers: readonly string[]
  pages: AsyncIterable<Cell[][]>
}

export type Column<T> = { label: string; cellOf(row: T): Cell | null | undefined }

/** Columns of a table of `[label, value]`. */
export function columnsFor<T>(specs: readonly [string, Column<T>['cellOf']][]): Column<T>[] {
  return specs.map(([label, cellOf]) => ({ label, cellOf }))
}

export function cellsOf<T>(columns: readonly Column<T>[], row: T): Cell[] {
  return columns.map(({ cellOf }) => cellOf(row) ?? '')
}
