import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Db } from '../../db/client.ts'
import { type Id, uuidToId } from '../../kernel/ids.ts'
import { listings } from '../listings/table.ts'
import { matches } from '../matching/table.ts'
import type { ReviewState } from './domain/review-item.ts'
import { reviewItems } from './table.ts'

export type Pair = { demandId: Id<'demand'>; supplyId: Id<'supply'> }

/** A proposed match of two published listings: what decides whether it becomes an item, and nothing of its texts. */
export type Proposal = Pair & {
  matchId: Id<'match'>
  demandOrgId: Id<'organisation'>
  supplyOrgId: Id<'organisation'>
  market: string
  /** Of the demand, as it is now. */
  fields: string[]
  region: string | null
  score: number
  /** Of the item that the match has already. */
  state: ReviewState | null
  itemScore: number | null
}

/** The listings of these matches. */
export async function findPairs(db: Db, matchIds: readonly Id<'match'>[]): Promise<Pair[]> {
  if (matchIds.length === 0) return []
  const { demandId, supplyId } = matches
  return db
    .select({ demandId, supplyId })
    .from(matches)
    .where(inArray(matches.id, [...matchIds]))
}

/** Those of the matches that are proposed while both their listings are published. */
export async function findProposals(db: Db, matchIds: readonly Id<'match'>[]): Promise<Proposal[]> {
  if (matchIds.length === 0) return []
  const [demand, supply] = [alias(listings, 'demand'), alias(listings, 'supply')]
  const isPublished = and(eq(demand.state, 'published'), eq(supply.state, 'published'))
  return db
    .select({
      matchId: matches.id,
      demandId: matches.demandId,
      supplyId: matches.supplyId,
      demandOrgId: demand.orgId,
      supplyOrgId: supply.orgId,
      market: matches.market,
      fields: demand.fields,
      region: demand.region,
      score: matches.score,
      state: reviewItems.state,
      itemScore: reviewItems.score,
    })
    .from(matches)
    .innerJoin(demand, sql`${demand.id} = ${matches.demandId}`)
    .innerJoin(supply, sql`${supply.id} = ${matches.supplyId}`)
    .leftJoin(reviewItems, eq(reviewItems.matchId, matches.id))
    .where(and(inArray(matches.id, [...matchIds]), eq(matches.state, 'proposed'), isPublished))
}

export type Waiting = {
  market: string
  /** Least score that the market puts before its brokers. */
  threshold: number
  /** Undecided items that a listing may have. */
  perListing: number
  /** Items that a listing and an organisation may get a day, and when the day began. */
  perListingDay: number
  perOrganisationDay: number
  since: Date
  limit: number
}

/**
 * Proposed matches of a market that have no item yet, the best first, without those of listings and organisations that may
 * have no further item now: full ones would hide the others behind them.
 */
export async function findWaiting(db: Db, waiting: Waiting): Promise<Id<'match'>[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    with full_places as materialized (${fullPlaces(waiting)})
    select id from matches
    where market = ${waiting.market} and state = 'proposed' and score >= ${waiting.threshold}
      and not exists (select from review_items item where item.match_id = matches.id and item.state <> 'withdrawn')
      and not exists (
        select from full_places where place in (demand_id, supply_id, demand_org_id, supply_org_id))
    order by score desc, id desc limit ${waiting.limit}`)
  return rows.map(({ id }) => uuidToId('match', id))
}

/** Listings and organisations, by UUID, whose limits are reached. */
function fullPlaces({ perListing, perListingDay, perOrganisationDay, since }: Waiting): SQL {
  const isUndecided = sql`state in ('open', 'snoozed')`
  const isToday = sql`created_at >= ${since.toISOString()}::timestamptz`
  return sql`
    select place from (
      select unnest(array[demand_id, supply_id]) as place, ${isUndecided} as is_undecided, ${isToday} as is_today
      from review_items where ${isUndecided} or ${isToday}) listings
    group by place
    having count(*) filter (where is_undecided) >= ${perListing} or count(*) filter (where is_today) >= ${perListingDay}
    union all
    select place from (
      select unnest(array[demand_org_id, supply_org_id]) as place from review_items where ${isToday}) organisations
    group by place having count(*) >= ${perOrganisationDay}`
}
