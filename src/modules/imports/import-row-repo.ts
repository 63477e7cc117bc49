import { and, asc, eq, gt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { insertMany } from '../../db/write-many.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { RowStatus } from './domain/import.ts'
import { importRows } from './table.ts'

export type ImportRow = typeof importRows.$inferSelect
export type NewImportRow = typeof importRows.$inferInsert
type ImportId = Id<'import'>

/** What became of rows. */
export function insertImportRows(tx: Tx, rows: readonly NewImportRow[]): Promise<void> {
  return insertMany(tx, importRows, rows)
}

/** In the order of the file. */
export async function listImportRows(
  db: Db,
  id: ImportId,
  { status, page: { limit, after } }: { status: RowStatus | undefined; page: PageRequest },
): Promise<PageOf<ImportRow>> {
  const conditions = [
    eq(importRows.importId, id),
    status && eq(importRows.status, status),
    after?.[0] === undefined ? undefined : gt(importRows.position, Number(after[0])),
  ]
  const rows = await db
    .select()
    .from(importRows)
    .where(and(...conditions))
    .orderBy(asc(importRows.position))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ position }) => [String(position)])
}
