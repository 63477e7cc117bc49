import { and, desc, eq, inArray, lt, lte, ne, or, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import type { LotState } from './domain/lot.ts'
import { auctionBooks, auctionLots } from './table.ts'

export type Lot = typeof auctionLots.$inferSelect
export type NewLot = typeof auctionLots.$inferInsert
export type Book = typeof auctionBooks.$inferSelect

export async function findLot(db: Db, id: Id<'auction'>): Promise<Lot | undefined> {
  const [row] = await db.select().from(auctionLots).where(eq(auctionLots.id, id))
  return row
}

/** @throws NOT_FOUND */
export async function getLot(db: Db, id: Id<'auction'>): Promise<Lot> {
  const row = await findLot(db, id)
  if (row) return row
  throw notFound('auction')
}

/** Holds the row until the transaction ends. Where the book is held too, that comes first. @throws NOT_FOUND */
export async function lockLot(tx: Tx, id: Id<'auction'>): Promise<Lot> {
  const [row] = await tx.select().from(auctionLots).where(eq(auctionLots.id, id)).for('no key update')
  if (row) return row
  throw notFound('auction')
}

/** @throws ALREADY_EXISTS when the supply is in another lot, or the lot came back already. */
export async function insertLot(tx: Tx, lot: NewLot): Promise<Lot> {
  try {
    const [row] = await tx.insert(auctionLots).values(lot).returning()
    if (row) return row
    throw notFound('auction')
  } catch (error) {
    if (isUniqueViolation(error, 'auction_lots__supply_once')) {
      throw new AppError('ALREADY_EXISTS', 'This supply is in another lot that has not closed.', { cause: error })
    }
    if (isUniqueViolation(error, 'auction_lots__reauction_once')) {
      throw new AppError('ALREADY_EXISTS', 'This lot has come back to auction already.', { cause: error })
    }
    throw error
  }
}

export type LotChanges = Partial<Omit<NewLot, 'id' | 'version' | 'createdAt' | 'createdBy'>>

/** Writes the next version of a lot that the caller holds locked. */
export async function updateLot(tx: Tx, id: Id<'auction'>, changes: LotChanges): Promise<Lot> {
  const [row] = await tx
    .update(auctionLots)
    .set({ ...changes, version: sql`${auctionLots.version} + 1` })
    .where(eq(auctionLots.id, id))
    .returning()
  if (row) return row
  throw notFound('auction')
}

export async function deleteLot(tx: Tx, id: Id<'auction'>): Promise<void> {
  await tx.delete(auctionLots).where(eq(auctionLots.id, id))
}

export async function insertBook(tx: Tx, book: typeof auctionBooks.$inferInsert): Promise<void> {
  await tx.insert(auctionBooks).values(book)
}

export async function findBook(db: Db, lotId: Id<'auction'>): Promise<Book | undefined> {
  const [row] = await db.select().from(auctionBooks).where(eq(auctionBooks.lotId, lotId))
  return row
}

export async function findBooks(db: Db, lotIds: readonly Id<'auction'>[]): Promise<Book[]> {
  if (lotIds.length === 0) return []
  return db
    .select()
    .from(auctionBooks)
    .where(inArray(auctionBooks.lotId, [...lotIds]))
}

/** Lets no bid in until the transaction ends; with the database's time after the lock. Undefined before an announcement. */
export async function lockBook(tx: Tx, lotId: Id<'auction'>): Promise<{ book: Book; databaseNow: Date } | undefined> {
  const held = await tx.select().from(auctionBooks).where(eq(auctionBooks.lotId, lotId)).for('no key update')
  const [book] = held
  if (book === undefined) return undefined
  return { book, databaseNow: await databaseTime(tx) }
}

export async function closeBook(tx: Tx, lotId: Id<'auction'>): Promise<void> {
  await tx.update(auctionBooks).set({ isClosed: true }).where(eq(auctionBooks.lotId, lotId))
}

/** Lots whose end has passed by the database's clock and that nobody has closed, the longest overdue first. */
export async function listDueLots(db: Db, limit: number): Promise<Id<'auction'>[]> {
  const rows = await db
    .select({ id: auctionBooks.lotId })
    .from(auctionBooks)
    .where(and(eq(auctionBooks.isClosed, false), lte(auctionBooks.endsAt, sql`clock_timestamp()`)))
    .orderBy(auctionBooks.endsAt)
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Announced and open lots of a supply. */
export async function listOpenLotsOfSupply(db: Db, supplyId: Id<'supply'>): Promise<Id<'auction'>[]> {
  const isOpen = inArray(auctionLots.state, ['announced', 'open'])
  const rows = await db
    .select({ id: auctionLots.id })
    .from(auctionLots)
    .where(and(eq(auctionLots.supplyId, supplyId), isOpen))
    .orderBy(auctionLots.id)
  return rows.map(({ id }) => id)
}

/** Notes that bidding has begun on announced lots whose hour has come. @returns how many. */
export async function openDueLots(db: Db): Promise<number> {
  const rows = await db
    .update(auctionLots)
    .set({ state: 'open', version: sql`${auctionLots.version} + 1`, updatedAt: sql`clock_timestamp()` })
    .where(and(eq(auctionLots.state, 'announced'), lte(auctionLots.opensAt, sql`clock_timestamp()`)))
    .returning({ id: auctionLots.id })
  return rows.length
}

export type LotFilter = {
  markets?: readonly string[] | undefined
  sessionId?: Id<'auctionSession'> | undefined
  state?: LotState | undefined
  sellerOrgId?: Id<'organisation'> | undefined
  /** Markets whose drafts the viewer works on. */
  draftMarkets?: readonly string[]
  now: Date
}

/** Newest first. An announced lot counts as open from its hour on, whether or not a job has noted it. */
export async function listLots(db: Db, filter: LotFilter, page: PageRequest): Promise<PageOf<Lot>> {
  const { markets, sessionId, state, sellerOrgId, draftMarkets = [], now } = filter
  const after = lastIdOf<'auction'>(page.after)
  const isVisible = or(
    ne(auctionLots.state, 'draft'),
    draftMarkets.length > 0 ? inArray(auctionLots.market, [...draftMarkets]) : undefined,
    sellerOrgId && eq(auctionLots.sellerOrgId, sellerOrgId),
  )
  const rows = await db
    .select()
    .from(auctionLots)
    .where(
      and(
        isVisible,
        markets && inArray(auctionLots.market, [...markets]),
        sessionId && eq(auctionLots.sessionId, sessionId),
        sellerOrgId && eq(auctionLots.sellerOrgId, sellerOrgId),
        state && isInState(state, now),
        after && lt(auctionLots.id, after),
      ),
    )
    .orderBy(desc(auctionLots.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

function isInState(state: LotState, now: Date) {
  if (state === 'open') {
    return or(eq(auctionLots.state, 'open'), and(eq(auctionLots.state, 'announced'), lte(auctionLots.opensAt, now)))
  }
  if (state === 'announced') return and(eq(auctionLots.state, 'announced'), sql`${auctionLots.opensAt} > ${now}`)
  return eq(auctionLots.state, state)
}

/** By the clock that all bids are measured by. */
export async function databaseTime(db: Db): Promise<Date> {
  const { rows } = await db.execute<{ now: string }>(sql`select auction_instant(clock_timestamp()) as now`)
  return new Date(rows[0]?.now ?? Number.NaN)
}
