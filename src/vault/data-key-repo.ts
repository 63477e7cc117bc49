import { and, eq, ne } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import type { Tx } from '../db/tx.ts'
import type { WrappedKey } from '../ports/vault.ts'
import { dataKeys } from './table.ts'

export async function findWrappedKey(db: Db, subject: string): Promise<WrappedKey | undefined> {
  const [row] = await db.select().from(dataKeys).where(eq(dataKeys.subject, subject))
  return row
}

/** Keeps the key that is there when another transaction was faster. */
export async function insertWrappedKey(tx: Tx, subject: string, key: WrappedKey): Promise<void> {
  await tx
    .insert(dataKeys)
    .values({ subject, ...key })
    .onConflictDoNothing()
}

/** Some keys that another master key wraps. */
export async function listForeignKeys(
  db: Db,
  keyId: string,
  limit: number,
): Promise<(WrappedKey & { subject: string })[]> {
  return db.select().from(dataKeys).where(ne(dataKeys.keyId, keyId)).limit(limit)
}

/** Only where the key is still wrapped as it was read. */
export async function updateWrappedKey(
  db: Db,
  { subject, before, after }: { subject: string; before: WrappedKey; after: WrappedKey },
): Promise<void> {
  await db
    .update(dataKeys)
    .set(after)
    .where(and(eq(dataKeys.subject, subject), eq(dataKeys.keyId, before.keyId)))
}

export async function deleteWrappedKey(tx: Tx, subject: string): Promise<void> {
  await tx.delete(dataKeys).where(eq(dataKeys.subject, subject))
}
