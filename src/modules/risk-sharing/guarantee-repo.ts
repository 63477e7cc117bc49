import { eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { riskPoolGuarantees as guarantees } from './table.ts'

export type Guarantee = typeof guarantees.$inferSelect

export async function insertGuarantee(tx: Tx, row: Guarantee): Promise<void> {
  await tx.insert(guarantees).values(row)
}

/** The pool's row is locked by whoever changes one. */
export async function findGuarantee(db: Db, applicationId: Id<'financeApplication'>): Promise<Guarantee | undefined> {
  const [row] = await db.select().from(guarantees).where(eq(guarantees.applicationId, applicationId))
  return row
}

export async function updateGuarantee(tx: Tx, { applicationId, ...row }: Guarantee): Promise<void> {
  await tx.update(guarantees).set(row).where(eq(guarantees.applicationId, applicationId))
}
