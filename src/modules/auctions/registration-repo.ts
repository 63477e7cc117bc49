import { and, asc, desc, eq, inArray, lt, ne, notInArray, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { auctionRegistrations } from './bidder-table.ts'

export type Registration = typeof auctionRegistrations.$inferSelect
export type NewRegistration = typeof auctionRegistrations.$inferInsert

/** @throws ALREADY_EXISTS for an organisation that is registered to the lot. */
export async function insertRegistration(tx: Tx, registration: NewRegistration): Promise<Registration> {
  try {
    const [row] = await tx.insert(auctionRegistrations).values(registration).returning()
    if (row) return row
    throw notFound('registration')
  } catch (error) {
    if (isUniqueViolation(error, 'auction_registrations__org')) {
      throw new AppError('ALREADY_EXISTS', 'Your organisation is registered to this lot already.', { cause: error })
    }
    throw error
  }
}

/** A number from 101 that nobody at this lot has, drawn at random so that it says nothing; the lot's row is held meanwhile. */
export async function drawBidderNumber(tx: Tx, lotId: Id<'auction'>): Promise<number> {
  const { rows } = await tx.execute<{ number: number }>(sql`
    with taken as (select number from auction_registrations where lot_id = ${idToUuid(lotId)}::uuid),
    room as (select greatest(999, 101 + 2 * count(*))::int as last from taken)
    select number from room, generate_series(101, room.last) as number
    where number not in (select number from taken) order by random() limit 1`)
  const number = rows[0]?.number
  if (number !== undefined) return number
  throw new Error(`no bidder number is left at ${lotId}`)
}

/** @throws NOT_FOUND */
export async function lockRegistration(tx: Tx, id: Id<'auctionRegistration'>): Promise<Registration> {
  const [row] = await tx.select().from(auctionRegistrations).where(eq(auctionRegistrations.id, id)).for('no key update')
  if (row) return row
  throw notFound('registration')
}

/** @throws NOT_FOUND */
export async function getRegistration(db: Db, id: Id<'auctionRegistration'>): Promise<Registration> {
  const [row] = await db.select().from(auctionRegistrations).where(eq(auctionRegistrations.id, id))
  if (row) return row
  throw notFound('registration')
}

export async function findRegistrationOf(
  db: Db,
  lotId: Id<'auction'>,
  orgId: Id<'organisation'>,
): Promise<Registration | undefined> {
  const isIt = and(eq(auctionRegistrations.lotId, lotId), eq(auctionRegistrations.orgId, orgId))
  const [row] = await db.select().from(auctionRegistrations).where(isIt)
  return row
}

export async function updateRegistration(
  tx: Tx,
  id: Id<'auctionRegistration'>,
  changes: Partial<Pick<Registration, 'state' | 'depositState' | 'decisionNote' | 'decidedBy' | 'decidedAt'>>,
): Promise<Registration> {
  const [row] = await tx.update(auctionRegistrations).set(changes).where(eq(auctionRegistrations.id, id)).returning()
  if (row) return row
  throw notFound('registration')
}

type RegistrationFilter = { lotId: Id<'auction'>; orgId?: Id<'organisation'> | undefined }

/** Newest first. */
export async function listRegistrations(
  db: Db,
  { lotId, orgId }: RegistrationFilter,
  page: PageRequest,
): Promise<PageOf<Registration>> {
  const after = lastIdOf<'auctionRegistration'>(page.after)
  const rows = await db
    .select()
    .from(auctionRegistrations)
    .where(
      and(
        eq(auctionRegistrations.lotId, lotId),
        orgId && eq(auctionRegistrations.orgId, orgId),
        after && lt(auctionRegistrations.id, after),
      ),
    )
    .orderBy(desc(auctionRegistrations.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

export function listRegistrationsOfLots(db: Db, lotIds: readonly Id<'auction'>[]): Promise<Registration[]> {
  if (lotIds.length === 0) return Promise.resolve([])
  return db
    .select()
    .from(auctionRegistrations)
    .where(inArray(auctionRegistrations.lotId, [...lotIds]))
    .orderBy(asc(auctionRegistrations.id))
}

/** Registrations whose deposit is held, without those that keep it; locked in the order of their ids. */
export function lockFrozenRegistrations(
  tx: Tx,
  lotId: Id<'auction'>,
  except: readonly Id<'auctionRegistration'>[],
): Promise<Registration[]> {
  return tx
    .select()
    .from(auctionRegistrations)
    .where(
      and(
        eq(auctionRegistrations.lotId, lotId),
        eq(auctionRegistrations.depositState, 'frozen'),
        except.length > 0 ? notInArray(auctionRegistrations.id, [...except]) : undefined,
      ),
    )
    .orderBy(asc(auctionRegistrations.id))
    .for('no key update')
}

/** Priority buyers who were admitted, without one. */
export function listPriorityRegistrations(
  db: Db,
  lotId: Id<'auction'>,
  except: Id<'auctionRegistration'>,
): Promise<Registration[]> {
  return db
    .select()
    .from(auctionRegistrations)
    .where(
      and(
        eq(auctionRegistrations.lotId, lotId),
        eq(auctionRegistrations.claimsPriority, true),
        eq(auctionRegistrations.state, 'admitted'),
        ne(auctionRegistrations.id, except),
      ),
    )
}
