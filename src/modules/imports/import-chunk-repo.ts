import { and, asc, eq, gt, lte } from 'drizzle-orm'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { importChunks } from './table.ts'

export type ImportChunk = typeof importChunks.$inferSelect

export async function insertChunk(tx: Tx, chunk: ImportChunk): Promise<void> {
  await tx.insert(importChunks).values(chunk)
}

/** The chunk of the row behind a position. */
export async function findChunkAfter(tx: Tx, id: Id<'import'>, position: number): Promise<ImportChunk | undefined> {
  const [chunk] = await tx
    .select()
    .from(importChunks)
    .where(and(eq(importChunks.importId, id), gt(importChunks.lastPosition, position)))
    .orderBy(asc(importChunks.lastPosition))
    .limit(1)
  return chunk
}

/** Those whose rows all have an outcome; without a position, all of the import. */
export async function deleteChunks(tx: Tx, id: Id<'import'>, upTo?: number): Promise<void> {
  const areDone = upTo === undefined ? undefined : lte(importChunks.lastPosition, upTo)
  await tx.delete(importChunks).where(and(eq(importChunks.importId, id), areDone))
}
