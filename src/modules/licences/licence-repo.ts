import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { openLicences } from './table.ts'

export type OpenLicence = typeof openLicences.$inferSelect

/** @throws ALREADY_EXISTS for a patent whose declaration stands. */
export async function insertLicence(tx: Tx, licence: typeof openLicences.$inferInsert): Promise<OpenLicence> {
  try {
    const [row] = await tx.insert(openLicences).values(licence).returning()
    if (row) return row
    throw notFound('open licence')
  } catch (error) {
    if (!isUniqueViolation(error, 'open_licences__patent_once')) throw error
    throw new AppError('ALREADY_EXISTS', 'This patent is under an open licence already.', { cause: error })
  }
}

/** @throws NOT_FOUND */
export async function getLicence(db: Db, id: Id<'openLicence'>): Promise<OpenLicence> {
  const [row] = await db.select().from(openLicences).where(eq(openLicences.id, id))
  if (row) return row
  throw notFound('open licence')
}

/** Holds the row until the transaction ends: a withdrawal and an acceptance come one after the other. @throws NOT_FOUND */
export async function lockLicence(tx: Tx, id: Id<'openLicence'>): Promise<OpenLicence> {
  const [row] = await tx.select().from(openLicences).where(eq(openLicences.id, id)).for('no key update')
  if (row) return row
  throw notFound('open licence')
}

export async function updateLicence(
  tx: Tx,
  id: Id<'openLicence'>,
  changes: Pick<OpenLicence, 'state' | 'withdrawalReason' | 'withdrawnAt' | 'updatedAt'>,
): Promise<OpenLicence> {
  const [row] = await tx
    .update(openLicences)
    .set({ ...changes, version: sql`${openLicences.version} + 1` })
    .where(eq(openLicences.id, id))
    .returning()
  if (row) return row
  throw notFound('open licence')
}

export type LicenceFilter = {
  markets?: readonly string[] | undefined
  state?: OpenLicence['state'] | undefined
  field?: string | undefined
  orgId?: Id<'organisation'> | undefined
}

/** The register, newest first. */
export async function listLicences(db: Db, filter: LicenceFilter, page: PageRequest): Promise<PageOf<OpenLicence>> {
  const { markets, state, field, orgId } = filter
  const after = lastIdOf<'openLicence'>(page.after)
  const rows = await db
    .select()
    .from(openLicences)
    .where(
      and(
        markets && inArray(openLicences.market, [...markets]),
        state && eq(openLicences.state, state),
        orgId && eq(openLicences.orgId, orgId),
        field === undefined ? undefined : sql`${openLicences.fields} @> array[${field}]`,
        after && lt(openLicences.id, after),
      ),
    )
    .orderBy(desc(openLicences.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}
