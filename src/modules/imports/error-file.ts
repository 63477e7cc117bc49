import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import type { Db } from '../../db/client.ts'
import type { FileAnswer } from '../../http/files.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { toCellText } from './domain/spreadsheet-text.ts'
import type { FileRow } from './file-row.ts'
import { getImport, type Import } from './import-repo.ts'
import { type ImportRow, listImportRows } from './import-row-repo.ts'
import { openCells } from './row-boxes.ts'

type Deps = { db: Db; vault: Vault }

const PAGE_SIZE = 500
/** Excel takes a CSV for UTF-8 only with it. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * The failed rows as they were sent, with their errors behind them: to be corrected and sent again as they are, because the
 * two columns mean nothing to an import. @throws NOT_FOUND
 */
export async function readErrorFile(
  { db, vault }: Deps,
  { orgId }: Principal,
  { id }: { id: Id<'import'> },
): Promise<FileAnswer> {
  const imported = await getImport(db, { id, orgId })
  return {
    fileName: `${id}-errors.csv`,
    mediaType: 'text/csv; charset=utf-8',
    content: Readable.from(linesOf({ db, vault }, imported)),
  }
}

async function* linesOf({ db, vault }: Deps, imported: Import): AsyncGenerator<string> {
  const headers = imported.format === 'ndjson' ? ['row'] : imported.headers.map(({ header }) => header)
  yield BYTE_ORDER_MARK + stringify([[...headers, 'error_code', 'error_message'].map(toCellText)])
  let after: readonly string[] | undefined = []
  while (after !== undefined) {
    const page = { limit: PAGE_SIZE, ...(after.length > 0 && { after }) }
    const { items, next } = await listImportRows(db, imported.id, { status: 'failed', page })
    yield stringify(items.map((row) => [...cellsOf(openCells(vault, row), headers.length), ...explained(row)]))
    after = next
  }
}

/** As wide as the header. Cells keep their spelling, and what a formula would be is made a text. */
function cellsOf(cells: FileRow['cells'], width: number): string[] {
  if (!Array.isArray(cells)) return [toCellText(JSON.stringify(cells))]
  return Array.from({ length: width }, (_, index) => asText(cells[index] ?? ''))
}

/** A cell that had its apostrophe in the file keeps just that one. */
function asText(cell: string): string {
  return cell.startsWith("'") ? cell : toCellText(cell)
}

function explained({ errors }: ImportRow): [string, string] {
  const codes = [...new Set(errors.map(({ code }) => code))].join('; ')
  const messages = errors.map(({ column, field, message }) => [column ?? field, message].filter(Boolean).join(': '))
  return [codes, toCellText(messages.join('; '))]
}
