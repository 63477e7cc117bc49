import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { licenceAcceptances } from './table.ts'

export type Acceptance = typeof licenceAcceptances.$inferSelect

/** @throws ALREADY_EXISTS for an organisation that took the licence before. */
export async function insertAcceptance(
  tx: Tx,
  acceptance: typeof licenceAcceptances.$inferInsert,
): Promise<Acceptance> {
  try {
    const [row] = await tx.insert(licenceAcceptances).values(acceptance).returning()
    if (row) return row
    throw notFound('acceptance')
  } catch (error) {
    if (!isUniqueViolation(error, 'licence_acceptances__once')) throw error
    throw new AppError('ALREADY_EXISTS', 'Your organisation has taken this licence already.', { cause: error })
  }
}

/** @throws NOT_FOUND */
export async function lockAcceptance(tx: Tx, id: Id<'licenceAcceptance'>): Promise<Acceptance> {
  const [row] = await tx.select().from(licenceAcceptances).where(eq(licenceAcceptances.id, id)).for('no key update')
  if (row) return row
  throw notFound('acceptance')
}

export async function updateAcceptance(
  tx: Tx,
  id: Id<'licenceAcceptance'>,
  changes: Pick<Acceptance, 'state' | 'paidAt' | 'paymentReference'>,
): Promise<Acceptance> {
  const [row] = await tx.update(licenceAcceptances).set(changes).where(eq(licenceAcceptances.id, id)).returning()
  if (row) return row
  throw notFound('acceptance')
}

type AcceptanceFilter = { licenceId: Id<'openLicence'>; orgId?: Id<'organisation'> | undefined }

export async function listAcceptances(
  db: Db,
  { licenceId, orgId }: AcceptanceFilter,
  page: PageRequest,
): Promise<PageOf<Acceptance>> {
  const after = lastIdOf<'licenceAcceptance'>(page.after)
  const isWanted = and(
    eq(licenceAcceptances.licenceId, licenceId),
    orgId && eq(licenceAcceptances.orgId, orgId),
    after && lt(licenceAcceptances.id, after),
  )
  const rows = await db
    .select()
    .from(licenceAcceptances)
    .where(isWanted)
    .orderBy(desc(licenceAcceptances.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}
