import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { insertMany } from '../../db/write-many.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { RowStatus } from './domain/import.ts'
import { importRows } from './table.ts'

export type ImportRow = typeof importRows.$inferSelect
type ImportId = Id<'import'>

export function insertImportRows(tx: Tx, rows: readonly (typeof importRows.$inferInsert)[]): Promise<void> {
  return insertMany(tx, importRows, rows)
}

/** The next rows behind a position. */
export async function nextImportRows(
  tx: Tx,
  id: ImportId,
  { after, limit }: { after: number; limit: number },
): Promise<ImportRow[]> {
  return tx
    .select()
    .from(importRows)
    .where(and(eq(importRows.importId, id), gt(importRows.position, after)))
    .orderBy(asc(importRows.position))
    .limit(limit)
}

/** The row number in which each external id stands first. */
export async function firstRowsOf(db: Db, id: ImportId, externalIds: readonly string[]): Promise<Map<string, number>> {
  if (externalIds.length === 0) return new Map()
  const rows = await db
    .select({ externalId: importRows.externalId, first: sql<number>`min(${importRows.rowNumber})::int` })
    .from(importRows)
    .where(and(eq(importRows.importId, id), inArray(importRows.externalId, [...externalIds])))
    .groupBy(importRows.externalId)
  return new Map(rows.map(({ externalId, first }) => [externalId ?? '', first]))
}

/** Writes what became of rows: one document, some 15 µs a row. */
export async function updateImportRows(tx: Tx, rows: readonly ImportRow[]): Promise<void> {
  if (rows.length === 0) return
  const outcomes = rows.map(({ position, status, listingId, errors, readings }) => ({
    ...{ position, status, errors, readings },
    listing_id: listingId,
  }))
  await tx.execute(sql`
    update import_rows as old set status = done.status, listing_id = done.listing_id, errors = done.errors,
      readings = done.readings
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
      as done (position int, status text, listing_id uuid, errors jsonb, readings jsonb)
    where old.import_id = ${idToUuid(rows[0]?.importId ?? '')}::uuid and old.position = done.position`)
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
