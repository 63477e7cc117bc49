import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { duplicateCandidates } from '../duplicates/table.ts'
import { listings } from '../listings/table.ts'
import type { Member, Pair } from './domain/group.ts'
import { jointDemandMembers } from './table.ts'

export type AlikeDemands = { pairs: Pair[]; members: Map<string, Member> }

/** Published demands of different organisations of a market that are alike, and were never proposed. Bare ids. */
export async function findAlikeDemands(db: Db): Promise<AlikeDemands> {
  const { rows } = await db.execute<Record<'first' | 'second' | 'firstOrg' | 'secondOrg' | 'market', string>>(sql`
    select pair.first_id as first, pair.second_id as second, one.org_id as "firstOrg", other.org_id as "secondOrg", one.market
    from ${duplicateCandidates} pair
    join ${listings} one on one.id = pair.first_id and one.state = 'published'
    join ${listings} other on other.id = pair.second_id and other.state = 'published'
    where pair.kind = 'demand' and pair.state = 'open' and pair.similarity is not null
      and one.org_id <> other.org_id and one.market = other.market
      and not exists (select 1 from ${jointDemandMembers} m where m.demand_id in (pair.first_id, pair.second_id))
    order by pair.id`)
  const members = new Map<string, Member>()
  for (const { first, second, firstOrg, secondOrg, market } of rows) {
    members.set(first, { demandId: first, orgId: firstOrg, market })
    members.set(second, { demandId: second, orgId: secondOrg, market })
  }
  return { pairs: rows.map(({ first, second }) => [first, second]), members }
}
