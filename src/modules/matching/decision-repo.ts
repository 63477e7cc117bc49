import { asc, desc, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import { perKey } from '../../kernel/per-key.ts'
import { matchDecisions } from './table.ts'

/** A decision with the facts it was made on. */
export type MatchDecision = typeof matchDecisions.$inferSelect

/**
 * Keeps a decided match with both listings and how soon their owners answer, as they are, in the transaction of the decision. A
 * side that has left the market has no facts any more: such a decision teaches nothing.
 */
export async function keepDecision(tx: Tx, id: Id<'match'>): Promise<void> {
  await tx.execute(sql`
    insert into match_decisions (match_id, demand_id, supply_id, is_approved, demand_facts, supply_facts, decided_at)
    select m.id, m.demand_id, m.supply_id, m.state = 'approved',
           demand.facts || jsonb_build_object('body', demand.body) || ${answeringOf('demand_time')},
           supply.facts || jsonb_build_object('body', supply.body) || ${answeringOf('supply_time')}, m.decided_at
    from matches m
    join match_documents demand on demand.listing_id = m.demand_id
    join match_documents supply on supply.listing_id = m.supply_id
    left join answering_times demand_time on demand_time.org_id = demand.org_id
    left join answering_times supply_time on supply_time.org_id = supply.org_id
    where m.id = ${idToUuid(id)}
    on conflict (match_id) do nothing`)
}

/** How soon the owner answered then, as facts have it. */
function answeringOf(time: 'demand_time' | 'supply_time'): SQL {
  const [hours, cases] = [sql.raw(`${time}.median_hours`), sql.raw(`${time}.cases`)]
  return sql`case when ${cases} is null then '{}'::jsonb
    else jsonb_build_object('answering', jsonb_build_object('hours', ${hours}, 'cases', ${cases})) end`
}

/** The newest decisions, oldest first. */
export async function listNewestDecisions(db: Db, limit: number): Promise<MatchDecision[]> {
  const rows = await db
    .select()
    .from(matchDecisions)
    .orderBy(desc(matchDecisions.decidedAt), desc(matchDecisions.matchId))
    .limit(limit)
  return rows.reverse()
}

export async function findDecisions(db: Db, ids: readonly Id<'match'>[]): Promise<MatchDecision[]> {
  if (ids.length === 0) return []
  return db
    .select()
    .from(matchDecisions)
    .where(inArray(matchDecisions.matchId, [...ids]))
    .orderBy(asc(matchDecisions.matchId))
}

/** The newest decisions on each of these demands, by match id. */
export async function listDecisionsOn(
  db: Db,
  demandIds: readonly string[],
  perDemand: number,
): Promise<MatchDecision[]> {
  if (demandIds.length === 0) return []
  return decisionsOn(db).execute({ demandIds: demandIds.map(idToUuid), perDemand })
}

/** Under a name: a market's brokers decide on some dozens a day, so its kept plan follows the table with each `analyze` (ADR 0019). */
const decisionsOn = perKey((db: Db) => {
  const ranked = db
    .select({
      matchId: matchDecisions.matchId,
      place: sql<number>`row_number() over (partition by ${matchDecisions.demandId}
        order by ${matchDecisions.decidedAt} desc, ${matchDecisions.matchId} desc)`.as('place'),
    })
    .from(matchDecisions)
    .where(sql`${matchDecisions.demandId} = any(${sql.placeholder('demandIds')}::uuid[])`)
    .as('ranked')
  const newest = db
    .select({ matchId: ranked.matchId })
    .from(ranked)
    .where(sql`${ranked.place} <= ${sql.placeholder('perDemand')}`)
  return db
    .select()
    .from(matchDecisions)
    .where(inArray(matchDecisions.matchId, newest))
    .orderBy(asc(matchDecisions.matchId))
    .prepare('list_decisions_on')
})
