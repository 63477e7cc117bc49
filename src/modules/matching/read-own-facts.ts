import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findListing, type Listing } from '../listings/index.ts'
import type { Facts } from './domain/types.ts'
import { factsOfDemand, factsOfSupply } from './facts-of-listing.ts'
import { deskOf } from './list-matches.ts'
import type { Side } from './match-repo.ts'
import { mayAdvise } from './policy.ts'

/** A listing for those who work on it: its owner, and the desk of its market. @throws NOT_FOUND for anybody else. */
export async function readOwnListing(db: Db, actor: Principal, id: Side): Promise<Listing> {
  const listing = await findListing(db, id)
  if (listing && mayAdvise(actor, listing, await deskOf(db, actor))) return listing
  throw notFound('listing')
}

/** Its facts. What is on its way to the market is judged as if it stood there; what is closed or red stays so. */
export async function readOwnFacts(deps: { db: Db; clock: Clock }, actor: Principal, id: Side): Promise<Facts> {
  const listing = await readOwnListing(deps.db, actor, id)
  const facts = listing.kind === 'supply' ? factsOfSupply(listing, chinaDay(deps.clock.now())) : factsOfDemand(listing)
  return listing.state === 'closed' ? facts : { ...facts, state: 'published' }
}
