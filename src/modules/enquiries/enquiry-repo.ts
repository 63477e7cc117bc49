import { and, asc, desc, eq, inArray, lt, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { EnquiryState } from './domain/enquiry.ts'
import { enquiries, enquiryQuotes } from './table.ts'

export type Enquiry = typeof enquiries.$inferSelect
export type Quote = typeof enquiryQuotes.$inferSelect

/** @throws ALREADY_EXISTS when the buyer has an open enquiry about the supply. */
export async function insertEnquiry(tx: Tx, enquiry: Enquiry): Promise<void> {
  try {
    await tx.insert(enquiries).values(enquiry)
  } catch (error) {
    if (!isUniqueViolation(error, 'enquiries__one_open')) throw error
    throw new AppError('ALREADY_EXISTS', 'Your organisation has an open enquiry about this supply.', { cause: error })
  }
}

/** @throws NOT_FOUND */
export async function getEnquiry(db: Db, id: Id<'enquiry'>): Promise<Enquiry> {
  const [row] = await db.select().from(enquiries).where(eq(enquiries.id, id))
  if (row) return row
  throw notFound('enquiry')
}

/** Holds the row until the transaction ends: quotes and answers take turns. @throws NOT_FOUND */
export async function lockEnquiry(tx: Tx, id: Id<'enquiry'>): Promise<Enquiry> {
  const [row] = await tx.select().from(enquiries).where(eq(enquiries.id, id)).for('update')
  if (row) return row
  throw notFound('enquiry')
}

type Changes = Partial<Omit<Enquiry, 'id' | 'version' | 'createdAt'>> & { updatedAt: Date }

/** Writes the next version of a row that the caller holds locked. */
export async function updateEnquiry(tx: Tx, id: Id<'enquiry'>, changes: Changes): Promise<void> {
  await tx
    .update(enquiries)
    .set({ ...changes, version: sql`${enquiries.version} + 1` })
    .where(eq(enquiries.id, id))
}

export type EnquiryFilter = { orgId: Id<'organisation'>; markets: readonly string[]; state?: EnquiryState | undefined }

/** Of the organisation on either side, or of one of the markets; newest first. */
export async function listEnquiries(
  db: Db,
  { orgId, markets, state }: EnquiryFilter,
  page: PageRequest,
): Promise<PageOf<Enquiry>> {
  const before = lastIdOf<'enquiry'>(page.after)
  const isSeen = or(
    eq(enquiries.sellerOrgId, orgId),
    eq(enquiries.buyerOrgId, orgId),
    markets.length > 0 ? inArray(enquiries.market, [...markets]) : undefined,
  )
  const rows = await db
    .select()
    .from(enquiries)
    .where(and(isSeen, state && eq(enquiries.state, state), before && lt(enquiries.id, before)))
    .orderBy(desc(enquiries.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

/** Ids of enquiries whose last day lies before `today`. */
export async function listOverdue(db: Db, today: string, limit: number): Promise<Id<'enquiry'>[]> {
  const rows = await db
    .select({ id: enquiries.id })
    .from(enquiries)
    .where(and(inArray(enquiries.state, ['open', 'quoted']), lt(enquiries.expiresOn, today)))
    .limit(limit)
  return rows.map(({ id }) => id)
}

export async function insertQuote(tx: Tx, quote: Quote): Promise<void> {
  await tx.insert(enquiryQuotes).values(quote)
}

/** The negotiations of these enquiries, oldest quote first. */
export async function listQuotesOf(db: Db, ids: readonly Id<'enquiry'>[]): Promise<Quote[]> {
  if (ids.length === 0) return []
  return db
    .select()
    .from(enquiryQuotes)
    .where(inArray(enquiryQuotes.enquiryId, [...ids]))
    .orderBy(asc(enquiryQuotes.id))
}
