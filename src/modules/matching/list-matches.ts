import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findListing, type Listing } from '../listings/index.ts'
import { marketTree } from '../markets/index.ts'
import { listMatches as listRows, type Match, type Side } from './match-repo.ts'
import { type Desk, hasDesk } from './policy.ts'
import type { MatchState } from './table.ts'

export type ListMatches = { id: Side; minScore?: number | undefined; state?: MatchState | undefined; page: PageRequest }

/** Matches of a listing, best first. @throws NOT_FOUND for whoever neither owns it nor works in its market. */
export async function listMatches(deps: { db: Db }, actor: Principal, input: ListMatches): Promise<PageOf<Match>> {
  const { id, minScore, state, page } = input
  const listing = await findListing(deps.db, id)
  if (listing === undefined) throw notFound('listing')
  const markets = await visibleMarkets(deps.db, actor, listing)
  return listRows(deps.db, { side: id, states: state ? [state] : ['proposed', 'approved'], minScore, markets }, page)
}

/** The markets whose demands the actor may see beside this listing; undefined = all, because the listing is its own. */
async function visibleMarkets(db: Db, actor: Principal, listing: Listing): Promise<Desk | undefined> {
  if (listing.orgId === actor.orgId) return undefined
  const desk = await deskOf(db, actor)
  // A supply is offered to every market, so any desk may ask for it and gets the matches with its own demands.
  const isOnDesk = listing.kind === 'supply' ? desk.length > 0 && listing.state === 'published' : false
  const isHandedIn = listing.state !== 'draft' && desk.includes(listing.market)
  if (!isOnDesk && !isHandedIn) throw notFound('listing')
  return desk
}

export async function deskOf(db: Db, actor: Principal): Promise<Desk> {
  return hasDesk(actor) ? marketTree(db, actor.market) : []
}
