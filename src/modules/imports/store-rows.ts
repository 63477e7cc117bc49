import type { Tx } from '../../db/tx.ts'
import { FileRefused } from '../../files/file-refused.ts'
import type { Vault } from '../../ports/vault.ts'
import { columnsOf } from './columns/columns-of.ts'
import { fileLimits } from './domain/file-limits.ts'
import { type MatchedHeader, matchHeaders, repeatedFields } from './domain/header.ts'
import { fromCellText } from './domain/spreadsheet-text.ts'
import type { FileRow } from './file-row.ts'
import { deletePieces, type Import, readPieces, updateImport } from './import-repo.ts'
import { insertImportRows } from './import-row-repo.ts'
import { openFile } from './open-file.ts'
import { sealCells } from './row-cells.ts'

const BATCH_SIZE = 1_000

type Deps = { tx: Tx; vault: Vault }

/**
 * Reads the whole file into rows, all or none: a file that is broken in its last row, or has too many, leaves nothing. After
 * it the file itself is not needed any more. @throws FileRefused
 */
export async function storeRows({ tx, vault }: Deps, started: Import, now: Date): Promise<void> {
  const { id, kind, format } = started
  const { encoding = null, headers, rows } = await openFile(format, await readPieces(tx, id))
  const matched = matchHeaders(headers, columnsOf(kind))
  assertUsable(format, matched)
  let total = 0
  let batch: ReturnType<typeof toImportRow>[] = []
  for await (const row of rows) {
    total += 1
    if (total > fileLimits.rows)
      throw new FileRefused('TOO_MANY_ROWS', 'The file has more than 100,000 rows; split it.')
    batch.push(toImportRow(vault, started, { row: withoutHugeCells(row), position: total, matched }))
    if (batch.length < BATCH_SIZE) continue
    await insertImportRows(tx, batch)
    batch = []
  }
  await insertImportRows(tx, batch)
  await deletePieces(tx, id)
  await updateImport(tx, id, {
    ...{ state: 'running', encoding, headers: matched, totalRows: total },
    ...{ startedAt: started.startedAt ?? now, updatedAt: now },
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

type Placed = { row: FileRow; position: number; matched: readonly MatchedHeader[] }

function toImportRow(vault: Vault, { id }: Import, { row, position, matched }: Placed) {
  const { number, cells, problems } = row
  const at = matched.findIndex(({ field }) => field === 'externalId')
  const written = Array.isArray(cells) ? fromCellText(cells[at] ?? '') : cells.externalId
  const externalId = typeof written === 'string' && written.trim() !== '' ? written.trim().slice(0, 200) : null
  const cellsBox = sealCells(vault, { importId: id, position }, cells)
  return { importId: id, position, rowNumber: number, cellsBox, problems, externalId, status: 'waiting' as const }
}

/** What PostgreSQL cannot store (NUL, halves of characters) and what no listing can hold does not get in. */
function withoutHugeCells(row: FileRow): FileRow {
  const problems = [...row.problems]
  if (!Array.isArray(row.cells)) {
    const text = JSON.stringify(row.cells)
    if (isStorable(text) && text.length <= 10 * fileLimits.cellBytes) return row
    return {
      ...row,
      cells: [],
      problems: [{ code: 'not_storable', message: 'is too long or holds characters that are none' }],
    }
  }
  const cells = row.cells.map((cell, column) => {
    const isHuge = cell.length > fileLimits.cellBytes
    if (!isHuge && isStorable(cell)) return cell
    problems.push({
      column,
      code: isHuge ? 'cell_too_long' : 'not_storable',
      message: isHuge ? 'has more than 65,536 characters' : 'holds characters that are none',
    })
    return ''
  })
  return { ...row, cells, problems }
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0') && !text.includes('\\u0000') && !/\\ud[89a-f]/i.test(text)
}
