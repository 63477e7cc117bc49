import { and, asc, eq, gt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { organisationEvidence as evidence } from './table.ts'

export type Evidence = typeof evidence.$inferSelect
export type EvidenceKey = Pick<Evidence, 'id' | 'orgId'>

export async function insertEvidence(db: Db, row: Evidence): Promise<void> {
  await db.insert(evidence).values(row)
}

export async function listEvidenceOf(
  db: Db,
  orgId: Id<'organisation'>,
  { limit, after }: PageRequest,
): Promise<PageOf<Evidence>> {
  const from = lastIdOf<'evidence'>(after)
  const rows = await db
    .select()
    .from(evidence)
    .where(and(eq(evidence.orgId, orgId), from && gt(evidence.id, from)))
    .orderBy(asc(evidence.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

/** @throws NOT_FOUND */
export async function updateEvidenceState(
  db: Db,
  key: EvidenceKey,
  change: Pick<Evidence, 'state' | 'verifiedAt'>,
): Promise<Evidence> {
  const [row] = await db.update(evidence).set(change).where(isThe(key)).returning()
  if (row) return row
  throw notFound('evidence')
}

/** @throws NOT_FOUND */
export async function deleteEvidenceRow(db: Db, key: EvidenceKey): Promise<void> {
  const { rowCount } = await db.delete(evidence).where(isThe(key))
  if (rowCount === 0) throw notFound('evidence')
}

function isThe({ id, orgId }: EvidenceKey) {
  return and(eq(evidence.id, id), eq(evidence.orgId, orgId))
}
