import type { Db } from '../../db/client.ts'
import { addDays, type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { changeListing, factOf, updatedIfPublished, withTrust } from './change-listing.ts'
import type { Listing, ListingId, ListingKind } from './domain/listing.ts'
import { reconfirmAfterDays } from './domain/trust-code.ts'
import { listingClosed } from './events.ts'
import type { ListingKindDefinition } from './kind.ts'
import { findListing, listIdsToSweep, listPublishedIdsOfOrganisation } from './listing-repo.ts'

export type ListingKinds = Readonly<Record<ListingKind, ListingKindDefinition>>
type Deps = { db: Db; clock: Clock; listingKinds: ListingKinds }

const batchSize = 500

/** Nightly: closes what is past its validUntil and re-computes the trust code of what nobody confirmed for 90 days. */
export async function sweepListings(deps: Deps): Promise<undefined> {
  const now = deps.clock.now()
  const ids = await listIdsToSweep(deps.db, chinaDay(now), addDays(now, -reconfirmAfterDays), batchSize)
  for (const id of ids) await reassessListing(deps, id)
}

/** After an organisation was verified, suspended or reinstated: its published listings show it. */
export async function reassessOrganisation(
  deps: Deps,
  input: { organisationId: Id<'organisation'> },
): Promise<undefined> {
  const ids = await listPublishedIdsOfOrganisation(deps.db, input.organisationId)
  for (const id of ids) await reassessListing(deps, id)
}

/** Brings one published listing in line with the day and its owner; writes nothing when nothing changed. */
async function reassessListing(deps: Deps, id: ListingId): Promise<void> {
  const listing = await findListing(deps.db, id)
  if (listing?.state !== 'published') return
  const definition = deps.listingKinds[listing.kind]
  const now = deps.clock.now()
  if (isPastValidity(listing, now)) {
    await changeListing(
      deps,
      undefined,
      { definition, id, ifMatch: listing.version },
      {
        action: 'expire',
        prepare: async () => ({ outcome: 'expired', closedAt: now }),
        events: (after) => [listingClosed({ ...factOf(after), outcome: 'expired' }, now)],
      },
    )
    return
  }
  const { trustCode, trustReasons } = await withTrust(deps.db, definition, listing, now)
  if (trustCode === listing.trustCode && trustReasons.join() === listing.trustReasons.join()) return
  await changeListing(
    deps,
    undefined,
    { definition, id, ifMatch: listing.version },
    {
      action: 'reassess',
      prepare: async () => ({}),
      events: updatedIfPublished,
    },
  )
}

function isPastValidity(listing: Listing, now: Date): boolean {
  const { validUntil } = listing.content
  return validUntil !== undefined && validUntil < chinaDay(now)
}
