import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { getOrganisation } from '../identity/index.ts'
import type { ListingId } from './domain/listing.ts'
import type { Track } from './domain/trust-code.ts'
import { type TrustView, trustViewOf } from './domain/trust-view.ts'
import type { ListingKindDefinition } from './kind.ts'
import { getListing } from './listing-repo.ts'
import { trustFactsOf } from './listing-trust.ts'
import { isOwner } from './policy.ts'
import { assertVisible } from './read-listing.ts'
import { findTracks } from './track-repo.ts'

export type ReadTrust = TrustView & {
  /** Whether the viewer can act on it; others see code and reasons alone. */
  isOwn: boolean
  unprovenClaims: string[]
  track: Track
}

/** Why a listing has its code, as of now: for the owner with what helps and what is coming. @throws NOT_FOUND */
export async function readTrust(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  { definition, id }: { definition: ListingKindDefinition; id: ListingId },
): Promise<ReadTrust> {
  const listing = await getListing(db, id)
  await assertVisible(db, viewer, listing)
  const owner = await getOrganisation(db, listing.orgId)
  const track = (await findTracks(db, [id])).get(id)
  const facts = trustFactsOf(definition, listing, { owner, track, now: clock.now() })
  const view = trustViewOf(facts)
  const unprovenClaims = definition.unprovenClaims?.(listing.details) ?? []
  return { ...view, isOwn: isOwner(viewer, listing), unprovenClaims, track: facts.track }
}
