import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { DomainEvent } from '../../kernel/domain-event.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { getOrganisation } from '../identity/index.ts'
import { insertChange } from './change-repo.ts'
import { type ListingAction, listingLifecycle } from './domain/lifecycle.ts'
import type { Listing, ListingId } from './domain/listing.ts'
import { trustOf } from './domain/trust-code.ts'
import { listingUpdated } from './events.ts'
import type { ListingKindDefinition } from './kind.ts'
import { lockListing, updateListing } from './listing-repo.ts'

export type ListingDeps = { db: Db; clock: Clock }
export type ListingRef = { definition: ListingKindDefinition; id: ListingId; ifMatch?: number | undefined }

/** What a verb does to a listing: who may, what else changes, which facts follow. */
export type ListingVerb = {
  action: ListingAction
  /** Reads what the rest needs and refuses (404, 409) before anything is written. */
  prepare(listing: Listing, tx: Tx): Promise<Partial<Listing>>
  changedFields?: (before: Listing, after: Listing) => string[]
  reasons?: string[]
  note?: string | undefined
  events(after: Listing, now: Date): DomainEvent[]
}

/**
 * The one way in which a stored listing changes: lock the row, check the version, move the machine, compute trust anew,
 * then write row, history and events together. `actor` is undefined when the system acts.
 */
export async function changeListing(
  deps: ListingDeps,
  actor: Principal | undefined,
  ref: ListingRef,
  verb: ListingVerb,
): Promise<Listing> {
  return withTx(deps.db, async (tx) => {
    const now = deps.clock.now()
    const before = await lockListing(tx, ref.id)
    const changes = await verb.prepare(before, tx)
    if (ref.ifMatch !== undefined && ref.ifMatch !== before.version) throw versionConflict(before.version)
    const state = move(listingLifecycle, before.state, verb.action)
    const moved: Listing = { ...before, ...changes, state, version: before.version + 1, updatedAt: now }
    const after = await withTrust(tx, ref.definition, moved, now)
    await updateListing(tx, after)
    await insertChange(tx, after.id, {
      version: after.version,
      action: verb.action,
      fromState: before.state,
      toState: after.state,
      changedFields: verb.changedFields?.(before, after) ?? [],
      reasons: verb.reasons ?? [],
      note: verb.note ?? null,
      userId: actor?.userId ?? null,
      orgId: actor?.orgId ?? null,
      at: now,
    })
    await appendEvents(tx, verb.events(after, now))
    return after
  })
}

/** The listing with its trust code as of now. */
export async function withTrust(
  db: Db,
  definition: ListingKindDefinition,
  listing: Listing,
  now: Date,
): Promise<Listing> {
  const today = chinaDay(now)
  const owner = await getOrganisation(db, listing.orgId)
  const trust = trustOf({
    today,
    validUntil: listing.content.validUntil,
    confirmedOn: listing.confirmedAt && chinaDay(listing.confirmedAt),
    ownerVerification: owner.verification,
    offeredModes: listing.content.cooperationModes,
    ...definition.trustFactsOf(listing.details, today),
  })
  return { ...listing, trustCode: trust.code, trustReasons: trust.reasons }
}

/** The ids that every listing event carries. */
export function factOf(listing: Listing) {
  return { listingId: listing.id, kind: listing.kind, market: listing.market }
}

/** `listing.updated`, but only when the market can see the listing. */
export function updatedIfPublished(listing: Listing, now: Date): DomainEvent[] {
  return listing.state === 'published' ? [listingUpdated(factOf(listing), now)] : []
}
