import { and, desc, eq, lt, or, type SQL } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { AgreementState } from './domain/agreement.ts'
import { frameworkAgreements as agreements } from './table.ts'

export type Agreement = typeof agreements.$inferSelect
export type AgreementId = Id<'frameworkAgreement'>

export async function insertAgreement(tx: Tx, row: Agreement): Promise<void> {
  await tx.insert(agreements).values(row)
}

function isSideOf(orgId: Id<'organisation'>): SQL | undefined {
  return or(eq(agreements.providerId, orgId), eq(agreements.enterpriseId, orgId))
}

export async function findAgreement(db: Db, id: AgreementId): Promise<Agreement | undefined> {
  const [row] = await db.select().from(agreements).where(eq(agreements.id, id))
  return row
}

/** @throws NOT_FOUND also for who is no side of it. */
export async function getAgreement(db: Db, id: AgreementId, orgId: Id<'organisation'>): Promise<Agreement> {
  const [row] = await db
    .select()
    .from(agreements)
    .where(and(eq(agreements.id, id), isSideOf(orgId)))
  if (row) return row
  throw notFound('framework agreement')
}

/** Holds the row until the transaction ends: drawings under one agreement take turns. @throws NOT_FOUND */
export async function lockAgreement(tx: Tx, id: AgreementId, orgId: Id<'organisation'>): Promise<Agreement> {
  const [row] = await tx
    .select()
    .from(agreements)
    .where(and(eq(agreements.id, id), isSideOf(orgId)))
    .for('update')
  if (row) return row
  throw notFound('framework agreement')
}

/** Writes the next version of a locked row. */
export async function updateAgreement(tx: Tx, { id, ...row }: Agreement): Promise<Agreement> {
  const next = { ...row, version: row.version + 1 }
  await tx.update(agreements).set(next).where(eq(agreements.id, id))
  return { id, ...next }
}

type AgreementFilter = { orgId: Id<'organisation'>; state?: AgreementState | undefined }

/** Of either side, newest first. */
export async function listAgreements(
  db: Db,
  { orgId, state }: AgreementFilter,
  page: PageRequest,
): Promise<PageOf<Agreement>> {
  const before = page.after?.[0] as unknown as AgreementId | undefined
  const rows = await db
    .select()
    .from(agreements)
    .where(and(isSideOf(orgId), state && eq(agreements.state, state), before && lt(agreements.id, before)))
    .orderBy(desc(agreements.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}
