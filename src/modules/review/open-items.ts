import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { findListings } from '../listings/index.ts'
import { getMarket } from '../markets/index.ts'
import { findMatches, type Match } from '../matching/index.ts'
import { type Opening, selectOpenings } from './domain/select-openings.ts'
import { reviewItemOpened } from './events.ts'
import {
  countUndecidedByListing,
  findStatesOfMatches,
  insertOpenItems,
  lockListings,
  type NewItem,
  refreshItem,
} from './opening-repo.ts'

type Deps = { db: Db; clock: Clock }
type Candidate = NewItem & Opening

/**
 * Puts proposed matches before the brokers: those that reach their market's threshold, the best first, no more than the
 * market allows for one listing. A match has at most one item, so a second run changes nothing.
 */
export async function openItems(deps: Deps, { matchIds }: { matchIds: Id<'match'>[] }): Promise<undefined> {
  await withTx(deps.db, async (tx) => {
    const now = deps.clock.now()
    const candidates = await findCandidates(tx, matchIds, now)
    const states = await findStatesOfMatches(tx, matchIds)
    for (const candidate of candidates) if (states.has(candidate.matchId)) await refreshItem(tx, candidate)
    const fresh = candidates.filter(({ matchId }) => (states.get(matchId) ?? 'withdrawn') === 'withdrawn')
    const undecided = await countUndecidedByListing(tx, listingsOf(fresh))
    const opened = await insertOpenItems(tx, selectOpenings(fresh, undecided))
    const facts = opened.map(({ id: reviewItemId, matchId, demandId, supplyId, market }) =>
      reviewItemOpened({ reviewItemId, matchId, demandId, supplyId, market }, now),
    )
    await appendEvents(tx, facts)
  })
}

/** What each match would become as an item. Read under the lock, so that a listing that is closing is seen as closed. */
async function findCandidates(tx: Tx, matchIds: readonly Id<'match'>[], now: Date): Promise<Candidate[]> {
  await lockListings(tx, listingsOf(await findMatches(tx, matchIds)))
  const matches = (await findMatches(tx, matchIds)).filter(({ state }) => state === 'proposed')
  const published = new Map(
    (await findListings(tx, listingsOf(matches)))
      .filter(({ state }) => state === 'published')
      .map((listing) => [listing.id as string, listing]),
  )
  const rules = await rulesOf(tx, [...new Set(matches.map(({ market }) => market))])
  return matches.flatMap((match) => {
    const [demand, supply] = [published.get(match.demandId), published.get(match.supplyId)]
    const { matchThreshold = 1, maxMatchesPerListing = 0 } = rules.get(match.market) ?? {}
    if (!demand || !supply || match.score < matchThreshold) return []
    const { fields, region = null } = demand.content
    const place = { demandOrgId: demand.orgId, supplyOrgId: supply.orgId, fields, region }
    return [{ ...itemOf(match), ...place, createdAt: now, maxPerListing: maxMatchesPerListing }]
  })
}

function itemOf(match: Match) {
  const { id: matchId, demandId, supplyId, market, modelVersion, level, score, parts, explanation } = match
  const snapshot = { modelVersion, level, score, parts, explanation }
  return { id: newId('reviewItem'), matchId, demandId, supplyId, market, score, priority: level, snapshot }
}

async function rulesOf(tx: Tx, codes: readonly string[]) {
  const markets = await Promise.all(codes.map((code) => getMarket(tx, code)))
  return new Map(markets.map(({ code, rules }) => [code, rules]))
}

function listingsOf(pairs: readonly { demandId: Id<'demand'>; supplyId: Id<'supply'> }[]) {
  return [...new Set(pairs.flatMap(({ demandId, supplyId }) => [demandId, supplyId]))]
}
