import type { Tx } from '../../db/tx.ts'
import { FileRefused } from '../../files/file-refused.ts'
import type { Vault } from '../../ports/vault.ts'
import { columnsOf } from './columns/columns-of.ts'
import { fileLimits } from './domain/file-limits.ts'
import { type MatchedHeader, matchHeaders, repeatedFields } from './domain/header.ts'
import { fromCellText } from './domain/spreadsheet-text.ts'
import type { FileRow, WaitingRow } from './file-row.ts'
import { insertChunk } from './import-chunk-repo.ts'
import { deletePieces, type Import, readPieces, updateImport } from './import-repo.ts'
import { openFile } from './open-file.ts'
import { sealChunk } from './row-boxes.ts'
import { isStorable, withoutHugeCells } from './storable.ts'

/** Rows of a transaction: a quarter of a second of locks at most, and what a killed worker does again. */
const CHUNK_ROWS = 500
/** So that rows of a hundred kilobytes each, which NDJSON may have, do not make a string that is too long. */
const CHUNK_CHARACTERS = 4_000_000

type Deps = { tx: Tx; vault: Vault }

/**
 * Reads the whole file into rows that wait, all or none: a file that is broken in its last row, or has too many, leaves nothing.
 * After it the file itself is not needed any more. @throws FileRefused
 */
export async function storeRows({ tx, vault }: Deps, started: Import, now: Date): Promise<void> {
  const { id: importId, kind, format } = started
  const { encoding = null, headers, sheets = [], rows } = await openFile(format, await readPieces(tx, importId))
  assertHeaders(headers)
  const matched = matchHeaders(headers, columnsOf(kind))
  assertUsable(format, matched)
  const identified = identifier(matched)
  let lastPosition = 0
  for await (const chunk of chunksOf(rows, identified)) {
    lastPosition += chunk.length
    await insertChunk(tx, { importId, lastPosition, box: sealChunk(vault, { importId, lastPosition }, chunk) })
  }
  await deletePieces(tx, importId)
  await updateImport(tx, importId, {
    ...{ state: 'running', encoding, headers: matched, sheets, totalRows: lastPosition },
    ...{ startedAt: started.startedAt ?? now, updatedAt: now },
  })
}

async function* chunksOf(
  rows: AsyncIterable<FileRow>,
  identified: (row: FileRow) => WaitingRow,
): AsyncGenerator<WaitingRow[]> {
  let total = 0
  let characters = 0
  let chunk: WaitingRow[] = []
  for await (const row of rows) {
    total += 1
    if (total > fileLimits.rows)
      throw new FileRefused('TOO_MANY_ROWS', 'The file has more than 100,000 rows; split it.')
    chunk.push(identified(withoutHugeCells(row)))
    characters += lengthOf(row)
    if (chunk.length < CHUNK_ROWS && characters < CHUNK_CHARACTERS) continue
    yield chunk
    characters = 0
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

function lengthOf({ cells }: FileRow): number {
  if (!Array.isArray(cells)) return JSON.stringify(cells).length
  return cells.reduce((length, cell) => length + cell.length, 0)
}

/** Finds the external id of each row, and says so of a row that has the same as one before it in the file. */
function identifier(matched: readonly MatchedHeader[]): (row: FileRow) => WaitingRow {
  const column = matched.findIndex(({ field }) => field === 'externalId')
  const firstRows = new Map<string, FileRow>()
  return (row) => {
    const { cells } = row
    const written = Array.isArray(cells) ? fromCellText(cells[column] ?? '') : cells.externalId
    const externalId = typeof written === 'string' && written.trim() !== '' ? written.trim().slice(0, 200) : null
    if (externalId === null) return { ...row, externalId }
    const first = firstRows.get(externalId)
    if (first === undefined) {
      firstRows.set(externalId, row)
      return { ...row, externalId }
    }
    const place = Array.isArray(cells) ? { column } : { field: 'externalId' }
    const problem = {
      ...place,
      code: 'duplicate_in_file',
      message: `has the same external id as ${placeOf(first, row)}`,
    }
    return { ...row, externalId, problems: [...row.problems, problem] }
  }
}

/** Of a row that stands before another one in the file. */
function placeOf({ number, sheet }: FileRow, other: FileRow): string {
  if (sheet === other.sheet) return `row ${number}`
  return sheet === undefined ? `row ${number} of the first sheet` : `row ${number} of the sheet “${sheet}”`
}

/** Every error of a row repeats the header of its column. */
const LONGEST_HEADER = 500

function assertHeaders(headers: readonly string[]): void {
  headers.forEach((header, index) => {
    const isLong = header.length > LONGEST_HEADER
    if (!isLong && isStorable(header)) return
    const what = isLong ? `has more than ${LONGEST_HEADER} characters` : 'holds characters that are none'
    throw new FileRefused('HEADER_FORM', `The header of column ${index + 1} ${what}.`)
  })
}

function assertUsable(format: Import['format'], matched: readonly MatchedHeader[]): void {
  if (format === 'ndjson') return
  const repeated = repeatedFields(matched)
  if (repeated.length > 0) {
    const headers = matched
      .filter(({ field }) => field !== null && repeated.includes(field))
      .map(({ header }) => header)
    throw new FileRefused('REPEATED_COLUMN', `These columns mean the same field: ${headers.join(', ')}.`)
  }
  if (matched.some(({ field }) => field === 'title')) return
  const message = 'No column is the title of a listing; the first row must hold the headers of the template.'
  throw new FileRefused('NO_HEADER', message)
}
