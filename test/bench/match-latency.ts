import { supplyKind } from '../../src/modules/supplies/index.ts'
import { given } from '../support/given.ts'
import { type Arrived, inParallel, type Latency, measurePublication, type PublicationDeps } from './publication.ts'
import type { SyntheticMarket } from './synthetic-match-documents.ts'

const perSecond = 50
const demands = 60
/** A row in the example body's matching fields would decide the outcome; the texts shall. */
const limits = { maxMatchesPerListing: 1_000, maxMatchesPerListingDay: 10_000, maxMatchesPerOrganisationDay: 100_000 }
const rules = { publishOnSubmit: true, matchThreshold: 0.2, maxOpenItemsPerBrokerDay: 100_000, ...limits }

/**
 * Publishes 50 supplies a second, each of which fits one of 60 real demands, while a worker process relays, matches and
 * opens review items. Measures from the call that publishes to the moment another connection sees the item.
 */
export async function measureLatency(
  deps: PublicationDeps,
  run: { market: SyntheticMarket; seconds: number },
): Promise<Latency> {
  const now = given(deps)
  await now.market(rules)
  const owner = await now.organisation()
  const buyer = await now.organisation()
  const textOf = (number: number) => run.market.documentOf('demand', 2_000_000 + (number % demands)).facts.title
  for (let number = 0; number < demands; number += 1) await now.publishedDemand({ by: buyer, title: textOf(number) })
  const drafts = await inParallel(perSecond * run.seconds, (number) =>
    now.draft(supplyKind, { by: owner, title: `${textOf(number)}${Math.floor(number / demands)}型` }),
  )
  return measurePublication(deps, { drafts, perSecond, arrived: hasReviewItem })
}

const hasReviewItem: Arrived = async (pool, waiting) => {
  const sql = 'select distinct supply_id as id from review_items where supply_id = any($1::uuid[])'
  const { rows } = await pool.query<{ id: string }>(sql, [waiting])
  return rows.map(({ id }) => id)
}
