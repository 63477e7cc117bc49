import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { ListingId } from '../listings/index.ts'
import type { Notice } from './domain/notice.ts'
import {
  noticesOfApprovedMatch,
  noticesOfExpiry,
  noticesOfListing,
  noticesOfSessionReuse,
  noticesOfVerification,
} from './notices-of.ts'
import { type EnquiryFact, noticesOfEnquiry } from './notices-of-enquiry.ts'
import { type IntroductionFact, noticesOfIntroduction } from './notices-of-introduction.ts'
import { noticesOfSavedSearchDigest, noticesOfSavedSearchHit } from './notices-of-saved-search.ts'
import { tellUsers } from './tell-users.ts'

/** A fact that users are to hear of, by id alone: what they are told is read when the job runs. */
export type Fact =
  | { topic: 'match_approved'; id: Id<'match'> }
  | { topic: 'listing_published' | 'listing_returned' | 'listing_expired'; id: ListingId }
  | { topic: 'organisation_verified'; id: Id<'organisation'> }
  | { topic: 'session_reused'; id: Id<'session'>; userId: Id<'user'> }
  | { topic: 'saved_search_hit'; id: Id<'savedSearch'>; listingId: ListingId }
  | IntroductionFact
  | EnquiryFact
  | { topic: 'saved_search_digest'; id: Id<'savedSearch'>; day: string }

/**
 * Tells all users that a fact concerns, each once: a second run finds them told. A fact that has been overtaken (closed again,
 * resubmitted) is told to nobody. Notices commit one by one, so that no lock is held for more than one kind.
 */
export async function fanOut(deps: { db: Db; clock: Clock }, { fact }: { fact: Fact }): Promise<undefined> {
  for (const notice of await noticesOf(deps.db, fact)) await tellUsers(deps, notice)
}

function noticesOf(db: Db, fact: Fact): Promise<Notice[]> {
  switch (fact.topic) {
    case 'match_approved':
      return noticesOfApprovedMatch(db, fact.id)
    case 'listing_published':
      return noticesOfListing(db, fact.id, 'published')
    case 'listing_returned':
      return noticesOfListing(db, fact.id, 'returned')
    case 'listing_expired':
      return noticesOfExpiry(db, fact.id)
    case 'organisation_verified':
      return noticesOfVerification(db, fact.id)
    case 'session_reused':
      return noticesOfSessionReuse(db, fact)
    case 'saved_search_hit':
      return noticesOfSavedSearchHit(db, fact)
    case 'saved_search_digest':
      return noticesOfSavedSearchDigest(db, fact)
    case 'enquiry_received':
    case 'enquiry_ended':
    case 'quote_received':
      return noticesOfEnquiry(db, fact)
    default:
      return noticesOfIntroduction(db, fact)
  }
}
