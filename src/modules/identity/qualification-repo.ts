import { and, asc, eq, gt, gte, isNull, lt, ne, or } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { QualificationState } from './domain/qualification.ts'
import { organisationQualifications as qualifications } from './table.ts'

export type Qualification = typeof qualifications.$inferSelect
type QualificationKey = Pick<Qualification, 'id' | 'orgId'>

export async function insertQualification(db: Db, qualification: Qualification): Promise<void> {
  await db.insert(qualifications).values(qualification)
}

/** `publicOn` leaves only what strangers may see: verified, and valid on that day. */
export type QualificationFilter = { orgId: Id<'organisation'>; publicOn?: string | undefined }

export async function listQualificationsOf(
  db: Db,
  { orgId, publicOn }: QualificationFilter,
  { limit, after }: PageRequest,
): Promise<PageOf<Qualification>> {
  const { validTo, state, id } = qualifications
  const isPublic =
    publicOn === undefined ? undefined : and(eq(state, 'verified'), or(isNull(validTo), gte(validTo, publicOn)))
  const rows = await db
    .select()
    .from(qualifications)
    .where(
      and(
        eq(qualifications.orgId, orgId),
        isPublic,
        after?.[0] === undefined ? undefined : gt(id, after[0] as unknown as Id<'qualification'>),
      ),
    )
    .orderBy(asc(id))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.id])
}

export async function updateQualificationState(
  db: Db,
  key: QualificationKey,
  state: QualificationState,
): Promise<Qualification> {
  const [row] = await db.update(qualifications).set({ state }).where(isThe(key)).returning()
  if (row) return row
  throw notFound('qualification')
}

/** Marks those whose last day is over. @returns the ones that were not marked before. */
export function expireQualificationRows(db: Db, today: string): Promise<Qualification[]> {
  return db
    .update(qualifications)
    .set({ state: 'expired' })
    .where(and(lt(qualifications.validTo, today), ne(qualifications.state, 'expired')))
    .returning()
}

export async function deleteQualification(db: Db, key: QualificationKey): Promise<void> {
  const rows = await db.delete(qualifications).where(isThe(key)).returning({ id: qualifications.id })
  if (rows.length === 0) throw notFound('qualification')
}

function isThe({ id, orgId }: QualificationKey) {
  return and(eq(qualifications.id, id), eq(qualifications.orgId, orgId))
}
