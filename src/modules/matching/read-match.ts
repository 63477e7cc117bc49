import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type ListingWithOwner, readListingsWithOwners } from '../listings/index.ts'
import { deskOf } from './list-matches.ts'
import { findMatches, type Match } from './match-repo.ts'
import { maySeeMatch } from './policy.ts'

export type MatchView = { match: Match; demand: ListingWithOwner | undefined; supply: ListingWithOwner | undefined }

/** One match with the public part of both sides. @throws NOT_FOUND for whoever may not see it. */
export async function readMatch(deps: { db: Db }, actor: Principal, id: Id<'match'>): Promise<MatchView> {
  const [match] = await findMatches(deps.db, [id])
  if (match === undefined || !maySeeMatch(actor, match, await deskOf(deps.db, actor))) throw notFound('match')
  const teasers = await readListingsWithOwners(deps.db, [match.demandId, match.supplyId])
  return { match, demand: teasers.get(match.demandId), supply: teasers.get(match.supplyId) }
}
