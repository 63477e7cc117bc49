import type { z } from 'zod'
import { uuidToId } from '../../kernel/ids.ts'
import { entityOfKind, type ListingKind } from '../listings/index.ts'
import { progressOf } from './domain/progress.ts'
import type { Import } from './import-repo.ts'
import type { ImportRow } from './import-row-repo.ts'
import type { importResponse, importRowResponse } from './schemas.ts'

/** `now` is for the rate and the time that is left. */
export function toImportResponse(row: Import, now: Date): z.input<typeof importResponse> {
  const { id, kind, mode, format, sizeBytes, sha256, state, failureCode, failureMessage } = row
  return {
    ...{ id, kind, mode, format, sizeBytes, sha256, state },
    submit: row.shouldSubmit,
    fileName: row.fileName ?? undefined,
    encoding: row.encoding ?? undefined,
    columns: row.headers,
    sheets: row.sheets.length > 0 ? row.sheets : undefined,
    counts: {
      created: row.createdRows,
      updated: row.updatedRows,
      unchanged: row.unchangedRows,
      failed: row.failedRows,
    },
    progress: progressOf({ ...row, processed: row.processedRows, total: row.totalRows }, now),
    failure: failureCode === null ? undefined : { code: failureCode, message: failureMessage ?? '' },
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString(),
    endedAt: row.endedAt?.toISOString(),
  }
}

export function toImportRowResponse(kind: ListingKind, row: ImportRow): z.input<typeof importRowResponse> {
  const { rowNumber, status, errors, readings } = row
  return {
    ...{ rowNumber, status, errors, readings },
    sheet: row.sheet ?? undefined,
    externalId: row.externalId ?? undefined,
    listingId: row.listingId === null ? undefined : uuidToId(entityOfKind[kind], row.listingId),
  }
}
