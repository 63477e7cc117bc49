import { inArray } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { introductionNdas } from './table.ts'

export type NdaSignature = typeof introductionNdas.$inferSelect

export async function insertNda(tx: Tx, signature: NdaSignature): Promise<void> {
  await tx.insert(introductionNdas).values(signature)
}

export async function listNdasOf(db: Db, ids: readonly Id<'introduction'>[]): Promise<NdaSignature[]> {
  if (ids.length === 0) return []
  return db
    .select()
    .from(introductionNdas)
    .where(inArray(introductionNdas.introductionId, [...ids]))
}
