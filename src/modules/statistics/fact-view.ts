import { type SQL, sql } from 'drizzle-orm'

export const factSources = ['listing', 'match', 'introduction', 'deal'] as const
export type FactSource = (typeof factSources)[number]

/**
 * The facts that rows of a table tell: (measure, subject, market, fields, day, amount). Counting takes those of a few rows, the
 * rebuild those of all, from the same statement: so that both cannot mean different things.
 * @param ids UUIDs of the rows, or undefined for all of them.
 */
export function factsOf(source: FactSource, ids?: readonly string[]): SQL {
  const within = (column: SQL) => (ids === undefined ? sql`true` : sql`${column} = any(${sql.param([...ids])}::uuid[])`)
  switch (source) {
    case 'listing':
      return listingFacts(within(sql`l.id`))
    case 'match':
      return matchFacts(within(sql`m.id`))
    case 'introduction':
      return introductionFacts(within(sql`i.id`))
    case 'deal':
      return dealFacts(within(sql`d.id`))
  }
}

const dayOf = (instant: SQL) => sql`(${instant} at time zone 'Asia/Shanghai')::date`

/** A listing counts on the day of its first publication, whatever became of it since. */
const listingFacts = (isWanted: SQL) => sql`
  select l.kind || '.published' as measure, l.id as subject, l.market, l.fields, ${dayOf(sql`first.at`)} as day, 0::bigint as amount
  from listings l
  cross join lateral (select min(c.at) as at from listing_changes c
    where c.listing_id = l.id and c.to_state = 'published' and c.from_state is distinct from 'published') first
  where ${isWanted} and first.at is not null`

/** `decided.<tenth of the score>.<approved|rejected>` is the calibration curve; `demand.supplied` counts a demand once. */
const matchFacts = (isWanted: SQL) => sql`
  with wanted as materialized (select m.*, d.fields from matches m join listings d on d.id = m.demand_id where ${isWanted})
  select 'match.proposed' as measure, id as subject, market, fields, ${dayOf(sql`created_at`)} as day, 0::bigint as amount from wanted
  union all
  select 'match.' || state, id, market, fields, ${dayOf(sql`decided_at`)}, 0 from wanted
  where state in ('approved', 'rejected') and decided_at is not null
  union all
  select format('decided.%s.%s', least(9, floor(score * 10)), state), id, market, fields, ${dayOf(sql`decided_at`)},
    round(score * 1000000)::bigint
  from wanted where state in ('approved', 'rejected') and decided_at is not null
  union all
  (select distinct on (demand_id) 'demand.supplied', demand_id, market, fields, ${dayOf(sql`created_at`)}, 0
   from wanted order by demand_id, created_at)`

/** The amount of `introduction.answered` is the seconds until the first of both sides answered. */
const introductionFacts = (isWanted: SQL) => sql`
  with wanted as materialized (
    select i.*, d.fields, least(i.demand_answered_at, i.supply_answered_at) as answered_at
    from introductions i join listings d on d.id = i.demand_id where ${isWanted})
  select 'introduction.opened' as measure, id as subject, market, fields, ${dayOf(sql`created_at`)} as day, 0::bigint as amount from wanted
  union all
  select 'introduction.answered', id, market, fields, ${dayOf(sql`answered_at`)},
    extract(epoch from answered_at - created_at)::bigint from wanted where answered_at is not null
  union all
  select 'introduction.accepted', id, market, fields, ${dayOf(sql`accepted_at`)}, 0 from wanted where accepted_at is not null`

/** Intents are what the parties named at the opening, closed amounts what they signed: measures of their own throughout. */
const dealFacts = (isWanted: SQL) => sql`
  with wanted as materialized (
    select d.*, coalesce((c.changes #>> '{intentAmountFen,after}')::bigint, 0) as intent_fen
    from deals d left join deal_changes c on c.deal_id = d.id and c.version = 1 where ${isWanted})
  select 'deal.opened' as measure, id as subject, market, fields, ${dayOf(sql`created_at`)} as day, intent_fen as amount from wanted
  union all
  select 'deal.opened:' || source_kind, id, market, fields, ${dayOf(sql`created_at`)}, 0 from wanted
  union all
  select 'deal.signed', id, market, fields, (signing ->> 'signedOn')::date, contract_amount_fen from wanted where signing is not null
  union all
  select 'deal.signed:' || source_kind, id, market, fields, (signing ->> 'signedOn')::date, 0 from wanted where signing is not null
  union all
  select 'deal.registered', id, market, fields, (registration ->> 'registeredOn')::date,
    (registration ->> 'technologyAmountFen')::bigint from wanted where registration is not null`
