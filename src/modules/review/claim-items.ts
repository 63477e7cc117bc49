import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getMarket } from '../markets/index.ts'
import { claimItems as claimRows, countHeldItems, lockClaims } from './claim-repo.ts'
import { withdrawItemsOfMatches } from './opening-repo.ts'
import { marketsOf } from './policy.ts'
import { type ReviewItemView, viewsOf } from './read-item.ts'
import type { ReviewItem } from './review-item-repo.ts'
import type { ClaimItemsBody } from './schemas.ts'
import { workerOf } from './worker-of.ts'

type Deps = { db: Db; clock: Clock }
export type Claimed = { views: ReviewItemView[] /** How many more the broker may hold now. */; remaining: number }

const maxRounds = 5

/**
 * Leases the next items of the broker's markets that are routed to the broker, never more than the market and the broker's
 * own capacity allow at a time. A demand that is named is given whatever its field and region. Items whose
 * match was overtaken (re-scored away, gate closed) are withdrawn on the way and replaced by the next ones.
 */
export function claimItems(
  deps: Deps,
  actor: Principal,
  { limit, demandId, fields }: ClaimItemsBody,
): Promise<Claimed> {
  return withTx(deps.db, async (tx) => {
    const markets = await marketsOf(tx, actor)
    const { rules } = await getMarket(tx, actor.market)
    const worker = await workerOf({ ...deps, db: tx }, actor)
    await lockClaims(tx, actor.userId)
    const most = Math.min(rules.maxOpenItemsPerBrokerDay, worker.profile.capacity ?? Number.POSITIVE_INFINITY)
    const free = Math.max(0, most - (await countHeldItems(tx, actor.userId)))
    const wanted = Math.min(limit, free)
    const views: ReviewItemView[] = []
    for (let round = 0; round < maxRounds && views.length < wanted; round += 1) {
      const claim = { worker, markets, limit: wanted - views.length, demandId, fields }
      const claimed = await claimRows(tx, claim)
      if (claimed.length === 0) break
      views.push(...(await keepProposed({ ...deps, db: tx }, actor, claimed)))
    }
    return { views, remaining: free - views.length }
  })
}

async function keepProposed(deps: Deps, actor: Principal, items: readonly ReviewItem[]): Promise<ReviewItemView[]> {
  const proposed = (await viewsOf(deps, actor, items)).filter(({ match }) => match.state === 'proposed')
  const kept = new Set(proposed.map(({ item }) => item.matchId))
  await withdrawItemsOfMatches(
    deps.db,
    items.map(({ matchId }) => matchId).filter((id) => !kept.has(id)),
  )
  return proposed
}
