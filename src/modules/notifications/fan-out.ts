import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { assertNever } from '../../kernel/assert.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { listUserIdsOfOrganisation } from '../identity/index.ts'
import type { ListingId } from '../listings/index.ts'
import type { Notice } from './domain/notice.ts'
import { noticesOfApprovedMatch, noticesOfListing, noticesOfVerification } from './notices-of.ts'
import { insertNotifications } from './notification-repo.ts'

/** A fact that users are to hear of, by id alone: what they are told is read when the job runs. */
export type Fact =
  | { topic: 'match_approved'; id: Id<'match'> }
  | { topic: 'listing_published' | 'listing_returned'; id: ListingId }
  | { topic: 'organisation_verified'; id: Id<'organisation'> }

/**
 * Tells all users of the organisations that a fact concerns, each once: a second run finds them told. A fact that has been
 * overtaken (closed again, resubmitted) is told to nobody.
 */
export async function fanOut(deps: { db: Db; clock: Clock }, { fact }: { fact: Fact }): Promise<undefined> {
  const createdAt = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    for (const notice of await noticesOf(tx, fact)) {
      await insertNotifications(tx, { ...notice, createdAt }, await listUserIdsOfOrganisation(tx, notice.orgId))
    }
  })
}

function noticesOf(db: Db, fact: Fact): Promise<Notice[]> {
  switch (fact.topic) {
    case 'match_approved':
      return noticesOfApprovedMatch(db, fact.id)
    case 'listing_published':
      return noticesOfListing(db, fact.id, 'published')
    case 'listing_returned':
      return noticesOfListing(db, fact.id, 'returned')
    case 'organisation_verified':
      return noticesOfVerification(db, fact.id)
    default:
      return assertNever(fact)
  }
}
