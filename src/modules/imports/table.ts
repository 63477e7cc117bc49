import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant, typeId } from '../../db/columns.ts'
import type { ListingKind } from '../listings/index.ts'
import { fileFormats } from './domain/file-format.ts'
import type { MatchedHeader } from './domain/header.ts'
import { importModes, importStates, type RowError, type RowReading, rowStatuses } from './domain/import.ts'
import type { ReadSheet } from './domain/read-sheet.ts'
import type { FileRow } from './file-row.ts'

export const imports = pgTable('imports', {
  id: typeId('import')('id').primaryKey(),
  orgId: typeId('organisation')('org_id').notNull(),
  userId: typeId('user')('user_id').notNull(),
  kind: text('kind').$type<ListingKind>().notNull(),
  mode: text('mode', { enum: importModes }).notNull(),
  shouldSubmit: boolean('should_submit').notNull(),
  fileName: text('file_name'),
  format: text('format', { enum: fileFormats }).notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  sha256: text('sha256').notNull(),
  state: text('state', { enum: importStates }).notNull(),
  encoding: text('encoding'),
  headers: jsonb('headers').$type<MatchedHeader[]>().notNull(),
  sheets: jsonb('sheets').$type<ReadSheet[]>().notNull().default([]),
  totalRows: integer('total_rows'),
  processedRows: integer('processed_rows').notNull().default(0),
  createdRows: integer('created_rows').notNull().default(0),
  updatedRows: integer('updated_rows').notNull().default(0),
  unchangedRows: integer('unchanged_rows').notNull().default(0),
  failedRows: integer('failed_rows').notNull().default(0),
  failureCode: text('failure_code'),
  failureMessage: text('failure_message'),
  createdAt: instant('created_at').notNull(),
  startedAt: instant('started_at'),
  endedAt: instant('ended_at'),
  updatedAt: instant('updated_at').notNull(),
})

/** The file in pieces of half a megabyte, until its rows are read. */
export const importPieces = pgTable(
  'import_pieces',
  {
    importId: typeId('import')('import_id').notNull(),
    number: integer('number').notNull(),
    bytes: bytes('bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.number] })],
)

/** The rows that wait for their turn, some hundred in one sealed box that goes when all of them have an outcome. */
export const importChunks = pgTable(
  'import_chunks',
  {
    importId: typeId('import')('import_id').notNull(),
    lastPosition: integer('last_position').notNull(),
    box: bytes('box').notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.lastPosition] })],
)

/** The rows that have an outcome. */
export const importRows = pgTable(
  'import_rows',
  {
    importId: typeId('import')('import_id').notNull(),
    position: integer('position').notNull(),
    rowNumber: integer('row_number').notNull(),
    /** Null for the first sheet, and for what has none. */
    sheet: text('sheet'),
    /** Sealed JSON of a row that failed, for the error file: a file holds confidential columns, too. */
    cellsBox: bytes('cells_box'),
    /** Not used since rows wait in chunks; goes with the next release. */
    problems: jsonb('problems').$type<FileRow['problems']>().notNull().default([]),
    externalId: text('external_id'),
    status: text('status', { enum: rowStatuses }).notNull(),
    /** Bare: its prefix depends on the kind. */
    listingId: uuid('listing_id'),
    errors: jsonb('errors').$type<RowError[]>().notNull().default([]),
    readings: jsonb('readings').$type<RowReading[]>().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.importId, table.position] })],
)
