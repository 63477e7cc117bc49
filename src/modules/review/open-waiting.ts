import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { listMarkets, type Market } from '../markets/index.ts'
import { openMatches, startOfDay } from './open-items.ts'
import { findWaiting } from './opening-view.ts'

type Deps = { db: Db; clock: Clock }

const batchSize = 100
/** Of one market in one run: 2,000 items are more than its brokers see in a day. */
const maxBatches = 20

/**
 * Gives matches their turn that the limits held back: a new day has begun, or a broker has decided on what was before
 * them. Goes through every market, the best matches first, until a batch opens nothing more.
 */
export async function openWaiting(deps: Deps): Promise<undefined> {
  for (const market of await listMarkets(deps.db)) await openWaitingOf(deps, market)
}

async function openWaitingOf(deps: Deps, { code, rules }: Market): Promise<void> {
  const waiting = {
    market: code,
    threshold: rules.matchThreshold,
    perListing: rules.maxMatchesPerListing,
    perListingDay: rules.maxMatchesPerListingDay,
    perOrganisationDay: rules.maxMatchesPerOrganisationDay,
    limit: batchSize,
  }
  for (let batch = 0; batch < maxBatches; batch += 1) {
    const matchIds = await findWaiting(deps.db, { ...waiting, since: startOfDay(deps.clock.now()) })
    if (matchIds.length === 0 || (await openMatches(deps, matchIds)) === 0) return
  }
}
