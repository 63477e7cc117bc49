import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import { organisations } from '../identity/table.ts'
import { auctionAwards } from './bidder-table.ts'
import { standingAwardStates } from './domain/award.ts'
import { stateAt } from './domain/lot.ts'
import type { ReportedLot } from './domain/season-report.ts'
import { auctionLots, auctionSessions } from './table.ts'

/** Every lot of a season that was announced, as it stands at a time. */
export async function listReportedLots(db: Db, seasonId: Id<'auctionSeason'>, now: Date): Promise<ReportedLot[]> {
  const isStanding = and(
    eq(auctionAwards.lotId, auctionLots.id),
    inArray(auctionAwards.state, [...standingAwardStates]),
  )
  const rows = await db
    .select({ lot: auctionLots, sellerName: organisations.name, award: auctionAwards })
    .from(auctionLots)
    .innerJoin(auctionSessions, eq(auctionSessions.id, auctionLots.sessionId))
    .innerJoin(organisations, eq(organisations.id, auctionLots.sellerOrgId))
    .leftJoin(auctionAwards, isStanding)
    .where(and(eq(auctionSessions.seasonId, seasonId), ne(auctionLots.state, 'draft')))
    .orderBy(asc(auctionLots.id))
  return rows.map(({ lot, sellerName, award }) => ({
    ...{ sellerOrgId: lot.sellerOrgId, sellerName, fields: lot.fields, outcome: lot.outcome },
    state: stateAt(lot, now),
    award: award && { state: award.state, amountFen: award.amountFen },
  }))
}
