import { assertNever } from '../../kernel/assert.ts'
import type { FileFormat } from './domain/file-format.ts'
import type { OpenedFile } from './file-row.ts'
import { openCsv } from './open-csv.ts'
import { openNdjson } from './open-ndjson.ts'
import { openXlsx } from './open-xlsx.ts'

/** Reads header and rows of a file of any format. @throws FileRefused, also while rows are read. */
export function openFile(format: FileFormat, bytes: Buffer): Promise<OpenedFile> {
  if (format === 'csv') return openCsv(bytes)
  if (format === 'xlsx') return openXlsx(bytes)
  return format === 'ndjson' ? openNdjson(bytes) : assertNever(format)
}
