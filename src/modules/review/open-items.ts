import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { listBrokersOfMarkets } from '../identity/index.ts'
import { findListings } from '../listings/index.ts'
import { getMarket, type MarketRules } from '../markets/index.ts'
import { findMatches, type Match } from '../matching/index.ts'
import { limitNames, roomFor } from './domain/limits.ts'
import { type Opening, spreadOpenings } from './domain/spread-openings.ts'
import { reviewItemOpened } from './events.ts'
import {
  countOpenedSince,
  countUndecidedByListing,
  findStatesOfMatches,
  insertOpenItems,
  lockListings,
  type NewItem,
  refreshItem,
} from './opening-repo.ts'
import { dealValue, type Place, placeItems } from './place-items.ts'

type Deps = { db: Db; clock: Clock }
type Candidate = Omit<NewItem, keyof Place> & Opening & { rules: MarketRules }

/**
 * Puts proposed matches before the brokers: those that reach their market's threshold, spread over the
 * listings within what the market allows for a listing, an organisation and its brokers. A match has at most one item, so a second run changes nothing.
 */
export async function openItems(deps: Deps, { matchIds }: { matchIds: Id<'match'>[] }): Promise<undefined> {
  await withTx(deps.db, async (tx) => {
    const now = deps.clock.now()
    const candidates = await findCandidates(tx, matchIds, now)
    const states = await findStatesOfMatches(tx, matchIds)
    for (const candidate of candidates) if (states.has(candidate.matchId)) await refreshItem(tx, candidate)
    const fresh = candidates.filter(({ matchId }) => (states.get(matchId) ?? 'withdrawn') === 'withdrawn')
    const undecided = await countUndecidedByListing(tx, listingsOf(fresh))
    const room = await findRoom(tx, { fresh, undecided, now })
    const opened = await insertOpenItems(tx, placeItems(spreadOpenings(fresh, { room, undecided }), undecided))
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
    const ofMarket = rules.get(match.market)
    if (!demand || !supply || ofMarket === undefined || match.score < ofMarket.matchThreshold) return []
    const { fields, region = null } = demand.content
    const place = { demandOrgId: demand.orgId, supplyOrgId: supply.orgId, fields, region }
    const item = { ...itemOf(match), ...place, valueFen: dealValue({ demand, supply }), createdAt: now }
    return [{ ...item, uses: limitNames(item), rules: ofMarket }]
  })
}

/**
 * What the limits leave. Batches take turns on a listing, so its limits hold exactly; those of organisations and markets
 * may be passed by batches of the same moment, which a limit of hundreds a day can bear.
 */
async function findRoom(
  tx: Tx,
  { fresh, undecided, now }: { fresh: readonly Candidate[]; undecided: ReadonlyMap<string, number>; now: Date },
): Promise<Map<string, number>> {
  if (fresh.length === 0) return new Map()
  const markets = [...new Set(fresh.map(({ market }) => market))]
  const organisations = new Set(fresh.flatMap(({ demandOrgId, supplyOrgId }) => [demandOrgId, supplyOrgId]))
  const places = { listings: listingsOf(fresh), organisations: [...organisations], markets }
  const today = await countOpenedSince(tx, places, new Date(`${chinaDay(now)}T00:00:00+08:00`))
  const brokers = new Map<string, number>()
  for (const { market } of await listBrokersOfMarkets(tx, markets)) brokers.set(market, (brokers.get(market) ?? 0) + 1)
  return roomFor(fresh, { undecided, today, brokers })
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
