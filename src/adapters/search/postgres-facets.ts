import { type SQL, sql } from 'drizzle-orm'
import type { SearchFacet } from '../../ports/search-engine.ts'

/** Values beyond it are the long tail that no filter list shows. */
const MOST_VALUES = 50

/** The columns of a hit that facets read. */
export const facetColumns = sql`market, fields, industries, region, cooperation_modes, trl_min, trl_max, trust_code,
  qualifications`

/** Where each facet's values come from; a document with several values counts for each of them. */
const values: Record<SearchFacet, SQL> = {
  kind: sql`select kind as value from hits`,
  market: sql`select market as value from hits`,
  field: sql`select unnest(fields) as value from hits`,
  industry: sql`select unnest(industries) as value from hits`,
  region: sql`select left(region, 4) as value from hits`,
  mode: sql`select unnest(cooperation_modes) as value from hits`,
  trl: sql`select generate_series(coalesce(trl_min, trl_max)::int, coalesce(trl_max, trl_min)::int)::text as value from hits`,
  trust: sql`select trust_code as value from hits`,
  qualification: sql`select unnest(qualifications) as value from hits`,
}

/** One jsonb object `{ facet: { value: count } }` over the rows of `hits`. */
export function facetCounts(facets: readonly SearchFacet[]): SQL {
  if (facets.length === 0) return sql`'{}'::jsonb`
  const pairs = [...new Set(facets)].map((facet) => sql`${facet}::text, ${countsOf(facet)}`)
  return sql`jsonb_build_object(${sql.join(pairs, sql`, `)})`
}

function countsOf(facet: SearchFacet): SQL {
  return sql`(select coalesce(jsonb_object_agg(value, count), '{}'::jsonb) from (
    select value, count(*)::int as count from (${values[facet]}) as found
    where value is not null group by value order by count(*) desc, value limit ${MOST_VALUES}) as counted)`
}
