import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { listBrokersOfMarkets } from '../identity/index.ts'
import { listMarkets, type MarketRules } from '../markets/index.ts'
import { findMatches, type Match } from '../matching/index.ts'
import { limitNames, roomFor } from './domain/limits.ts'
import { type Opening, spreadOpenings } from './domain/spread-openings.ts'
import { reviewItemOpened } from './events.ts'
import {
  countOpenedSince,
  countUndecidedByListing,
  insertOpenItems,
  lockListings,
  type NewItem,
  refreshItem,
} from './opening-repo.ts'
import { findPairs, findProposals, type Pair, type Proposal } from './opening-view.ts'
import { placeItems } from './place-items.ts'

type Deps = { db: Db; clock: Clock }
type Candidate = Proposal & Opening & { rules: MarketRules }

/** The job: see `openMatches`. */
export async function openItems(deps: Deps, { matchIds }: { matchIds: Id<'match'>[] }): Promise<undefined> {
  await openMatches(deps, matchIds)
}

/**
 * Puts proposed matches before the brokers: those that reach their market's threshold, spread over the listings within
 * what the market allows for a listing, an organisation and its brokers. A match has at most one item, so a second run
 * changes nothing. Texts are read of the chosen ones alone. Returns how many items it opened.
 */
export async function openMatches(deps: Deps, matchIds: readonly Id<'match'>[]): Promise<number> {
  return withTx(deps.db, async (tx) => {
    const now = deps.clock.now()
    await lockListings(tx, listingsOf(await findPairs(tx, matchIds)))
    const candidates = await findCandidates(tx, matchIds)
    await refreshItems(tx, candidates)
    const fresh = candidates.filter(({ state }) => state === null || state === 'withdrawn')
    if (fresh.length === 0) return 0
    const undecided = await countUndecidedByListing(tx, listingsOf(fresh))
    const room = await findRoom(tx, { fresh, undecided, now })
    const opened = await insertOpenItems(
      tx,
      await itemsOf(tx, spreadOpenings(fresh, { room, undecided }), { undecided, now }),
    )
    const facts = opened.map(({ id: reviewItemId, matchId, demandId, supplyId, market }) =>
      reviewItemOpened({ reviewItemId, matchId, demandId, supplyId, market }, now),
    )
    await appendEvents(tx, facts)
    return opened.length
  })
}

/** Read under the lock, so that a listing that is closing is seen as closed. */
async function findCandidates(tx: Tx, matchIds: readonly Id<'match'>[]): Promise<Candidate[]> {
  const proposals = await findProposals(tx, matchIds)
  const rules = new Map((await listMarkets(tx)).map((market) => [market.code, market.rules]))
  return proposals.flatMap((proposal) => {
    const ofMarket = rules.get(proposal.market)
    if (ofMarket === undefined || proposal.score < ofMarket.matchThreshold) return []
    return [{ ...proposal, uses: limitNames(proposal), rules: ofMarket }]
  })
}

/** Undecided items whose match has a better score by now. */
async function refreshItems(tx: Tx, candidates: readonly Candidate[]): Promise<void> {
  const better = candidates.filter(
    ({ state, score, itemScore }) =>
      (state === 'open' || state === 'snoozed') && itemScore !== null && itemScore < score,
  )
  const ids = better.map(({ matchId }) => matchId)
  for (const match of await findMatches(tx, ids)) await refreshItem(tx, textsOf(match))
}

/**
 * What the limits leave. Batches take turns on a listing, so its limits hold exactly; those of organisations and markets
 * may be passed by batches of the same moment, which a limit of hundreds a day can bear.
 */
async function findRoom(
  tx: Tx,
  { fresh, undecided, now }: { fresh: readonly Candidate[]; undecided: ReadonlyMap<string, number>; now: Date },
): Promise<Map<string, number>> {
  const markets = [...new Set(fresh.map(({ market }) => market))]
  const organisations = new Set(fresh.flatMap(({ demandOrgId, supplyOrgId }) => [demandOrgId, supplyOrgId]))
  const places = { listings: listingsOf(fresh), organisations: [...organisations], markets }
  const today = await countOpenedSince(tx, places, startOfDay(now))
  const brokers = new Map<string, number>()
  for (const { market } of await listBrokersOfMarkets(tx, markets)) brokers.set(market, (brokers.get(market) ?? 0) + 1)
  return roomFor(fresh, { undecided, today, brokers })
}

/** When the day of an instant began in China. */
export function startOfDay(now: Date): Date {
  return new Date(`${chinaDay(now)}T00:00:00+08:00`)
}

/** The chosen ones with their texts and places in the queue, in the order of the choice. */
async function itemsOf(
  tx: Tx,
  chosen: readonly Candidate[],
  { undecided, now }: { undecided: ReadonlyMap<string, number>; now: Date },
): Promise<NewItem[]> {
  const ids = chosen.map(({ matchId }) => matchId)
  const found = new Map((await findMatches(tx, ids)).map((match) => [match.id, match]))
  const placed = placeItems(
    chosen.map((candidate) => ({ ...candidate, createdAt: now })),
    undecided,
  )
  return placed.flatMap(({ uses, rules, state, itemScore, ...item }) => {
    const match = found.get(item.matchId)
    return match === undefined ? [] : [{ id: newId('reviewItem'), ...item, ...textsOf(match) }]
  })
}

function textsOf({ id: matchId, modelVersion, level, score, parts, explanation }: Match) {
  return { matchId, score, priority: level, snapshot: { modelVersion, level, score, parts, explanation } }
}

function listingsOf(pairs: readonly Pair[]) {
  return [...new Set(pairs.flatMap(({ demandId, supplyId }) => [demandId, supplyId]))]
}
