import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findListing, type ListingId } from '../listings/index.ts'
import { type Feedback, feedbackOf } from './domain/feedback.ts'
import { countRejectionReasons } from './feedback-repo.ts'

/** Why brokers rejected matches of an own listing, by reason. @throws NOT_FOUND also for a listing of others. */
export async function readFeedback(deps: { db: Db }, actor: Principal, id: ListingId): Promise<Feedback> {
  const listing = await findListing(deps.db, id)
  if (listing?.orgId !== actor.orgId) throw notFound('listing')
  return feedbackOf(await countRejectionReasons(deps.db, id))
}
