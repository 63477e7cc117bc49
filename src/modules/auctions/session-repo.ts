import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { lastIdOf, type PageOf, type PageRequest, pageOf } from '../../kernel/page.ts'
import { auctionSeasons, auctionSessions } from './table.ts'

export type Season = typeof auctionSeasons.$inferSelect
export type Session = typeof auctionSessions.$inferSelect

export async function insertSeason(db: Db, season: typeof auctionSeasons.$inferInsert): Promise<Season> {
  const [row] = await db.insert(auctionSeasons).values(season).returning()
  if (row) return row
  throw notFound('season')
}

/** @throws NOT_FOUND */
export async function getSeason(db: Db, id: Id<'auctionSeason'>): Promise<Season> {
  const [row] = await db.select().from(auctionSeasons).where(eq(auctionSeasons.id, id))
  if (row) return row
  throw notFound('season')
}

export async function listSeasons(
  db: Db,
  { markets }: { markets?: readonly string[] | undefined },
  page: PageRequest,
): Promise<PageOf<Season>> {
  const after = lastIdOf<'auctionSeason'>(page.after)
  const rows = await db
    .select()
    .from(auctionSeasons)
    .where(and(markets && inArray(auctionSeasons.market, [...markets]), after && lt(auctionSeasons.id, after)))
    .orderBy(desc(auctionSeasons.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}

export async function insertSession(db: Db, session: typeof auctionSessions.$inferInsert): Promise<Session> {
  const [row] = await db.insert(auctionSessions).values(session).returning()
  if (row) return row
  throw notFound('session')
}

/** @throws NOT_FOUND */
export async function getSession(db: Db, id: Id<'auctionSession'>): Promise<Session> {
  const [row] = await db.select().from(auctionSessions).where(eq(auctionSessions.id, id))
  if (row) return row
  throw notFound('session')
}

type SessionFilter = { markets?: readonly string[] | undefined; seasonId?: Id<'auctionSeason'> | undefined }

export async function listSessions(db: Db, filter: SessionFilter, page: PageRequest): Promise<PageOf<Session>> {
  const { markets, seasonId } = filter
  const after = lastIdOf<'auctionSession'>(page.after)
  const rows = await db
    .select()
    .from(auctionSessions)
    .where(
      and(
        markets && inArray(auctionSessions.market, [...markets]),
        seasonId && eq(auctionSessions.seasonId, seasonId),
        after && lt(auctionSessions.id, after),
      ),
    )
    .orderBy(desc(auctionSessions.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit, ({ id }) => [id])
}
