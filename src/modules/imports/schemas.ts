import { z } from 'zod'
import { fileAnswer, uploadedFile } from '../../http/files.ts'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import { queryFlag } from '../../http/query.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { listingIdSchema, listingKinds } from '../listings/index.ts'
import { fileFormats } from './domain/file-format.ts'
import { fileLimits } from './domain/file-limits.ts'
import { importModes, importStates, rowStatuses } from './domain/import.ts'
import { sheetStates } from './domain/read-sheet.ts'

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const csvType = 'text/csv'

export const importFileBody = uploadedFile({
  mediaTypes: [csvType, xlsxType, 'application/x-ndjson', 'application/octet-stream'],
  maxBytes: fileLimits.bytes,
})

export const startImportQuery = z.object({
  kind: z.enum(listingKinds),
  mode: z.enum(importModes).default('dry_run').meta({
    description:
      'dry_run says what would happen. upsert creates, and edits what has the same externalId. create_only refuses those.',
  }),
  submit: queryFlag().optional().meta({ description: 'Also hand new and returned listings to their market.' }),
  fileName: z.string().trim().min(1).max(200).optional(),
})

const count = z.int().min(0)

export const importResponse = defineSchema(
  'Import',
  z.object({
    id: idSchema('import'),
    kind: z.enum(listingKinds),
    mode: z.enum(importModes),
    submit: z.boolean(),
    fileName: z.string().optional(),
    format: z.enum(fileFormats),
    encoding: z.string().optional().meta({ description: 'What the text was read as; known once it was read.' }),
    sizeBytes: count,
    sha256: z.string(),
    state: z.enum(importStates),
    columns: z
      .array(
        z.object({
          header: z.string(),
          field: z.string().nullable().meta({ description: 'null: the column is not read.' }),
          unit: z.string().optional(),
          suggestion: z.string().optional().meta({ description: 'The nearest header that is known.' }),
        }),
      )
      .meta({ description: 'Empty for NDJSON, whose lines name their fields.' }),
    sheets: z
      .array(z.object({ name: z.string(), rows: count, state: z.enum(sheetStates) }))
      .optional()
      .meta({
        description:
          'Of an XLSX, once it was read: what was done with each sheet. `read` are the first one and those after it that have ' +
          'the same header; `other_header`, `hidden` and `empty` ones are not read.',
      }),
    counts: z.object({ created: count, updated: count, unchanged: count, failed: count }),
    progress: z.object({
      processed: count,
      total: count.nullable().meta({ description: 'null until the file has been read to its end.' }),
      ratePerSecond: count.nullable(),
      secondsLeft: count.nullable(),
    }),
    failure: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .meta({ description: 'Why the file as a whole could not be taken; nothing of it was stored.' }),
    createdAt: z.iso.datetime(),
    startedAt: z.iso.datetime().optional(),
    endedAt: z.iso.datetime().optional(),
  }),
)
export const importsResponse = defineSchema('Imports', pageSchema(importResponse))

export const listImportsQuery = z.object(pageQuery)
export const listImportRowsQuery = z.object({ ...pageQuery, status: z.enum(rowStatuses).optional() })

export const importRowResponse = defineSchema(
  'ImportRow',
  z.object({
    rowNumber: z.int().min(1).meta({ description: 'As a spreadsheet program numbers it.' }),
    sheet: z.string().optional().meta({ description: 'The sheet of the row, unless it is the first.' }),
    status: z.enum(rowStatuses),
    externalId: z.string().optional(),
    listingId: listingIdSchema.optional(),
    errors: z.array(
      z.object({
        column: z.string().optional(),
        field: z.string().optional(),
        code: z.string(),
        message: z.string(),
      }),
    ),
    readings: z
      .array(z.object({ column: z.string(), text: z.string(), readAs: z.string() }))
      .meta({ description: 'Cells whose value is not simply what stands there: 50万元 was read as 500,000 元.' }),
  }),
)
export const importRowsResponse = defineSchema('ImportRows', pageSchema(importRowResponse))

export const errorFileResponse = fileAnswer(csvType)
export const templateResponse = fileAnswer(csvType, xlsxType)
export const templateQuery = z.object({ format: z.enum(['csv', 'xlsx']).default('xlsx') })
