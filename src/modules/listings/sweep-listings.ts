import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageRequest } from '../../kernel/page.ts'
import { findOrganisations } from '../identity/index.ts'
import {
  changeListing,
  factOf,
  type ListingVerb,
  updatedIfPublished,
  withoutActor,
  withTrust,
} from './change-listing.ts'
import type { Listing, ListingId, ListingKind } from './domain/listing.ts'
import { listingClosed } from './events.ts'
import type { ListingKindDefinition } from './kind.ts'
import { listPublished, lockListing } from './listing-repo.ts'
import { listingTrust } from './listing-trust.ts'
import { findTracks } from './track-repo.ts'

export type ListingKinds = Readonly<Record<ListingKind, ListingKindDefinition>>
export type SweepDeps = { db: Db; clock: Clock; listingKinds: ListingKinds }
type Deps = SweepDeps

const pageSize = 500

/**
 * Closes what is past its validUntil and brings the trust code of every published listing in line with the day: reasons
 * begin and end by themselves (90 days without confirmation, a right that expires). It asks the rule itself about every
 * listing instead of repeating it in SQL, and writes only what changed.
 */
export async function sweepListings(deps: Deps): Promise<undefined> {
  await reassessPublished(deps, {})
}

/** After an organisation was verified, suspended or reinstated: its published listings show it. */
export async function reassessOrganisation(
  deps: Deps,
  input: { organisationId: Id<'organisation'> },
): Promise<undefined> {
  await reassessPublished(deps, { orgId: input.organisationId })
}

async function reassessPublished(deps: Deps, filter: { orgId?: Id<'organisation'> }): Promise<void> {
  let page: PageRequest | undefined = { limit: pageSize }
  while (page) {
    const { items, next } = await listPublished(deps.db, filter, page)
    for (const { id } of await outdatedOf(deps, items)) await reassessListing(deps, id)
    page = next && { limit: pageSize, after: next }
  }
}

/** The listings that the day or their owner has overtaken. */
async function outdatedOf(deps: Deps, listings: readonly Listing[]): Promise<Listing[]> {
  const now = deps.clock.now()
  const owners = await findOrganisations(
    deps.db,
    listings.map(({ orgId }) => orgId),
  )
  const tracks = await findTracks(
    deps.db,
    listings.map(({ id }) => id),
  )
  return listings.filter((listing) => {
    const owner = owners.get(listing.orgId)
    if (owner === undefined) return false
    const { code, reasons } = listingTrust(deps.listingKinds[listing.kind], listing, {
      ...{ owner, now },
      track: tracks.get(listing.id),
    })
    return isPastValidity(listing, now) || !hasTrust(listing, code, reasons)
  })
}

/** Looks again under the lock, because the owner may have been faster. */
export async function reassessListing(deps: Deps, id: ListingId): Promise<void> {
  await withTx(deps.db, async (tx) => {
    const listing = await lockListing(tx, id)
    if (listing.state !== 'published') return
    const definition = deps.listingKinds[listing.kind]
    const now = deps.clock.now()
    const isPast = isPastValidity(listing, now)
    if (!isPast) {
      const { trustCode, trustReasons } = await withTrust(tx, { definition, listing, now })
      if (hasTrust(listing, trustCode, trustReasons)) return
    }
    const verb = isPast ? expiry(now) : reassessment
    await changeListing({ ...deps, db: tx }, undefined, { definition, id, ...verb })
  })
}

const reassessment: ListingVerb = {
  action: 'reassess',
  authorise: withoutActor,
  change: () => ({}),
  events: updatedIfPublished,
}

function expiry(now: Date): ListingVerb {
  return {
    action: 'expire',
    authorise: withoutActor,
    change: () => ({ outcome: 'expired', closedAt: now }),
    events: (after) => [listingClosed({ ...factOf(after), outcome: 'expired' }, now)],
  }
}

function hasTrust(listing: Listing, code: string, reasons: readonly string[]): boolean {
  return code === listing.trustCode && reasons.join() === listing.trustReasons.join()
}

function isPastValidity({ content: { validUntil } }: Listing, now: Date): boolean {
  return validUntil !== undefined && validUntil < chinaDay(now)
}
