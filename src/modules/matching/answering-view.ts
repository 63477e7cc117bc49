import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { type Id, idToUuid, uuidToId } from '../../kernel/ids.ts'
import { enquiries, enquiryQuotes } from '../enquiries/table.ts'
import { introductions } from '../introductions/table.ts'
import type { Question } from './domain/answering-time.ts'

type OrgId = Id<'organisation'>
export type QuestionsPage = { since: Date; now: Date; after: OrgId | undefined; limit: number }

/**
 * What organisations were asked since an instant, for so many of them by id: introductions on either side, and enquiries about a
 * supply. The answer to an enquiry is its first quote or the refusal; one side's second thoughts about an introduction count
 * as its answer, since the first is not kept.
 */
export async function listQuestions(db: Db, page: QuestionsPage): Promise<Map<OrgId, Question[]>> {
  const [since, now] = [sql`${page.since.toISOString()}::timestamptz`, sql`${page.now.toISOString()}::timestamptz`]
  const { rows } = await db.execute<Question & { orgId: string }>(sql`
    with asked as (
      select supply_org_id as org_id, created_at, supply_answered_at as answered_at, ended_at, ended_by = 'silence' as is_silent
      from ${introductions} where created_at >= ${since}
      union all
      select demand_org_id, created_at, demand_answered_at, ended_at, ended_by = 'silence'
      from ${introductions} where created_at >= ${since}
      union all
      select seller_org_id, created_at, least(quoted_at, case when ended_by = 'seller' then ended_at end), ended_at,
             ended_by = 'time'
      from ${enquiries}
      left join lateral (
        select min(quote.created_at) as quoted_at from ${enquiryQuotes} quote
        where quote.enquiry_id = ${enquiries}.id and quote.side = 'seller') first_quote on true
      where created_at >= ${since}
    ), organisations as (
      select distinct org_id from asked where org_id > ${page.after ? idToUuid(page.after) : NIL} order by org_id limit ${page.limit}
    )
    select org_id as "orgId",
      (extract(epoch from coalesce(answered_at, ended_at, ${now}) - created_at) / 3600)::float8 as hours,
      case when answered_at is not null then 'answered' when is_silent then 'silence' else 'none' end as end
    from asked join organisations using (org_id)
    order by org_id`)
  const found = new Map<OrgId, Question[]>()
  for (const { orgId, hours, end } of rows) {
    const id = uuidToId('organisation', orgId)
    const questions = found.get(id) ?? []
    found.set(id, questions)
    questions.push({ hours, end })
  }
  return found
}

const NIL = '00000000-0000-0000-0000-000000000000'
