import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { idToUuid } from '../../kernel/ids.ts'
import type { ReasonCount } from './domain/feedback.ts'
import { reviewItems } from './table.ts'

/** How many different brokers gave each reason for rejecting a match of the listing. */
export async function countRejectionReasons(db: Db, listingId: string): Promise<ReasonCount[]> {
  const uuid = idToUuid(listingId)
  const { rows } = await db.execute<ReasonCount>(sql`
    select reason_code as "reasonCode", count(distinct decided_by)::int as brokers from ${reviewItems}
    where (demand_id = ${uuid} or supply_id = ${uuid}) and decision = 'reject' and reason_code is not null
    group by reason_code`)
  return rows
}
