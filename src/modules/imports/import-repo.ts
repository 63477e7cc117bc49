import { and, asc, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { importPieces, imports } from './table.ts'

export type Import = typeof imports.$inferSelect
type ImportId = Id<'import'>

export async function insertImport(tx: Tx, row: Import): Promise<void> {
  await tx.insert(imports).values(row)
}

/** One of the organisation's imports. @throws NOT_FOUND */
export async function getImport(db: Db, { id, orgId }: { id: ImportId; orgId: Id<'organisation'> }): Promise<Import> {
  const [row] = await db
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), eq(imports.orgId, orgId)))
  if (row) return row
  throw notFound('import')
}

/** Newest first. */
export async function listImportsOf(
  db: Db,
  orgId: Id<'organisation'>,
  { limit, after }: PageRequest,
): Promise<PageOf<Import>> {
  const isAfter = after?.[0] === undefined ? undefined : lt(imports.id, after[0] as unknown as ImportId)
  const rows = await db
    .select()
    .from(imports)
    .where(and(eq(imports.orgId, orgId), isAfter))
    .orderBy(desc(imports.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

/** Holds an import that has not ended; undefined when it has, or when another run holds it. */
export async function lockOpenImport(tx: Tx, id: ImportId): Promise<Import | undefined> {
  const [row] = await tx
    .select()
    .from(imports)
    .where(and(eq(imports.id, id), isNull(imports.endedAt)))
    .for('update', { skipLocked: true })
  return row
}

/** The same, waiting for a run that holds it: somebody wants it to stop. */
export async function lockImport(tx: Tx, id: ImportId): Promise<Import | undefined> {
  const [row] = await tx.select().from(imports).where(eq(imports.id, id)).for('update')
  return row
}

export async function updateImport(tx: Tx, id: ImportId, values: Partial<Import>): Promise<void> {
  await tx.update(imports).set(values).where(eq(imports.id, id))
}

/** Imports that nobody has advanced since an instant: their worker died, or never began. */
export async function listOverdueImports(db: Db, since: Date): Promise<ImportId[]> {
  const rows = await db
    .select({ id: imports.id })
    .from(imports)
    .where(and(isNull(imports.endedAt), lt(imports.updatedAt, since)))
    .orderBy(asc(imports.updatedAt))
  return rows.map(({ id }) => id)
}

export async function deleteImportsBefore(db: Db, day: Date): Promise<void> {
  await db.delete(imports).where(lt(imports.endedAt, day))
}

export async function insertPiece(tx: Tx, piece: typeof importPieces.$inferInsert): Promise<void> {
  await tx.insert(importPieces).values(piece)
}

/** The whole file. */
export async function readPieces(db: Db, id: ImportId): Promise<Buffer> {
  const rows = await db
    .select({ bytes: importPieces.bytes })
    .from(importPieces)
    .where(eq(importPieces.importId, id))
    .orderBy(asc(importPieces.number))
  return Buffer.concat(rows.map(({ bytes }) => bytes))
}

/** The file is read, or nobody will read it. */
export async function deletePieces(tx: Tx, id: ImportId): Promise<void> {
  await tx.delete(importPieces).where(eq(importPieces.importId, id))
}

/** How many imports of an organisation have not ended. */
export async function countOpenImports(db: Db, orgId: Id<'organisation'>): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(imports)
    .where(and(eq(imports.orgId, orgId), isNull(imports.endedAt)))
  return row?.count ?? 0
}
