import type { FileAnswer } from '../../http/files.ts'
import type { Table } from './domain/table.ts'
import { writeCsv } from './write-csv.ts'
import { writeXlsx } from './write-xlsx.ts'

export const exportFormats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** The table as a file of the asked format, produced while it is sent. */
export function tableFile(table: Table, format: ExportFormat): FileAnswer {
  return format === 'csv' ? writeCsv(table) : writeXlsx(table)
}
