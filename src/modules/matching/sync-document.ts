import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { findListing } from '../listings/index.ts'
import { cutWords } from './cut-words.ts'
import { deleteDocument, upsertDocument } from './document-repo.ts'
import { indexTerms } from './domain/candidates.ts'
import { factsOfDemand, factsOfSupply } from './facts-of-listing.ts'
import { lockListingUnchanged } from './listing-view.ts'
import type { Side } from './match-repo.ts'
import { withdrawMatches } from './withdraw-matches.ts'

/**
 * Brings a listing's document in line with the listing in a transaction of its own: there while it is published and not
 * red, gone with its undecided matches otherwise. Returns whether it is there. Committed before anybody searches, so of
 * two listings published at the same time at least one finds the other.
 */
export async function syncDocument(deps: { db: Db; clock: Clock }, id: Side): Promise<boolean> {
  return withTx(deps.db, async (tx) => {
    const now = deps.clock.now()
    await lockListingUnchanged(tx, id)
    const listing = await findListing(tx, id)
    if (listing?.state !== 'published' || listing.trustCode === 'red') {
      await removeDocument(tx, id, now)
      return false
    }
    const facts = listing.kind === 'supply' ? factsOfSupply(listing, chinaDay(now)) : factsOfDemand(listing)
    await upsertDocument(tx, { facts, version: listing.version, terms: indexTerms(facts, cutWords) }, now)
    return true
  })
}

/** First the document, which waits for runs that are storing matches of it, then the matches, theirs included. */
async function removeDocument(tx: Tx, id: Side, now: Date): Promise<void> {
  await deleteDocument(tx, id)
  await withdrawMatches(tx, id, now)
}
