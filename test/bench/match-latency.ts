import { supplyKind } from '../../src/modules/supplies/index.ts'
import { given } from '../support/given.ts'
import { type Arrived, inParallel, type Latency, measurePublication, type PublicationDeps } from './publication.ts'
import type { SyntheticMarket } from './synthetic-match-documents.ts'

const perSecond = 50
const demands = 300
/**
 * The usual threshold. More room than usual for a listing, since 300 demands take all the supplies of a minute, and for
 * organisations and brokers, since there are but two and none.
 */
const limits = { maxMatchesPerListing: 50, maxMatchesPerListingDay: 200, maxMatchesPerOrganisationDay: 100_000 }
const rules = { publishOnSubmit: true, maxOpenItemsPerBrokerDay: 100_000, ...limits }

/**
 * Publishes 50 supplies a second, each of which fits one of 300 real demands, while a worker process relays, matches and
 * opens review items. Measures from the call that publishes to the moment another connection sees the item.
 */
export async function measureLatency(
  deps: PublicationDeps,
  run: { market: SyntheticMarket; seconds: number; say: (line: string) => void },
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
  run.say(`${demands} demands published, ${drafts.length} supplies drafted`)
  return measurePublication(deps, { drafts, perSecond, arrived: hasReviewItem })
}

const hasReviewItem: Arrived = async (pool, waiting) => {
  const sql = 'select distinct supply_id as id from review_items where supply_id = any($1::uuid[])'
  const { rows } = await pool.query<{ id: string }>(sql, [waiting])
  return rows.map(({ id }) => id)
}
