import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { DomainEvent } from '../../kernel/domain-event.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Principal } from '../../kernel/principal.ts'
import { move } from '../../kernel/state-machine.ts'
import { appendEvents } from '../../outbox/append.ts'
import { getOrganisation } from '../identity/index.ts'
import { insertChange } from './change-repo.ts'
import { type ListingAction, listingLifecycle } from './domain/lifecycle.ts'
import type { Listing, ListingId } from './domain/listing.ts'
import { redReasonsOf } from './domain/trust-code.ts'
import { listingTurnedRed, listingUpdated } from './events.ts'
import type { ListingKindDefinition } from './kind.ts'
import { lockListing, updateListing } from './listing-repo.ts'
import { listingTrust } from './listing-trust.ts'
import { findTracks } from './track-repo.ts'

export type ListingDeps = { db: Db; clock: Clock }
export type ListingRef = { definition: ListingKindDefinition; id: ListingId; ifMatch?: number | undefined }

/** What a verb does to a listing: who may, what else changes, which facts follow. */
export type ListingVerb = {
  action: ListingAction
  /** @throws NOT_FOUND for whoever may not do this. */
  authorise(listing: Listing, tx: Tx): void | Promise<void>
  /** What becomes different besides state and trust; refuses what breaks a rule of the verb. */
  change(listing: Listing, tx: Tx): Partial<Listing> | Promise<Partial<Listing>>
  changedFields?: string[]
  reasons?: string[]
  note?: string | undefined
  events(after: Listing, now: Date): DomainEvent[]
}

/**
 * The one way in which a stored listing changes: lock the row, ask who may, check the version, move the machine, compute
 * trust anew, then write row, history and events together. `actor` is undefined when the system acts.
 */
export async function changeListing(
  deps: ListingDeps,
  actor: Principal | undefined,
  input: ListingRef & ListingVerb,
): Promise<Listing> {
  return withTx(deps.db, async (tx) => {
    const now = deps.clock.now()
    const before = await lockListing(tx, input.id)
    await input.authorise(before, tx)
    assertVersion(before, input)
    const state = move(listingLifecycle, before.state, input.action)
    const changes = await input.change(before, tx)
    const moved: Listing = { ...before, ...changes, state, version: before.version + 1, updatedAt: now }
    const after = await withTrust(tx, { definition: input.definition, listing: moved, now })
    await updateListing(tx, after)
    await insertChange(tx, after.id, {
      version: after.version,
      action: input.action,
      fromState: before.state,
      toState: after.state,
      changedFields: input.changedFields ?? [],
      reasons: input.reasons ?? [],
      note: input.note ?? null,
      userId: actor?.userId ?? null,
      orgId: actor?.orgId ?? null,
      at: now,
    })
    await appendEvents(tx, [...input.events(after, now), ...turnedRed(before, after, now)])
    return after
  })
}

/** Whatever the verb was: the market stops showing the listing, which its owner has to hear. */
function turnedRed(before: Listing, after: Listing, now: Date): DomainEvent[] {
  if (isRedOnMarket(before) || !isRedOnMarket(after)) return []
  const reasons = redReasonsOf(after.trustReasons)
  return [listingTurnedRed({ ...factOf(after), version: after.version, reasons }, now)]
}

function isRedOnMarket({ state, trustCode }: Listing): boolean {
  return state === 'published' && trustCode === 'red'
}

/** @throws PRECONDITION_FAILED (412) when the caller read another version than the one that the row has. */
export function assertVersion(listing: Listing, { ifMatch }: Pick<ListingRef, 'ifMatch'>): void {
  if (ifMatch !== undefined && ifMatch !== listing.version) throw versionConflict(listing.version)
}

/** The listing with its trust code as of now. */
export async function withTrust(
  db: Db,
  { definition, listing, now }: { definition: ListingKindDefinition; listing: Listing; now: Date },
): Promise<Listing> {
  const owner = await getOrganisation(db, listing.orgId)
  const track = (await findTracks(db, [listing.id])).get(listing.id)
  const { code, reasons } = listingTrust(definition, listing, { owner, track, now })
  return { ...listing, trustCode: code, trustReasons: reasons }
}

/** Who may: what the clock or a market's rules do is asked of nobody. */
export const withoutActor = (): void => undefined

/** The ids that every listing event carries. */
export function factOf(listing: Listing) {
  return { listingId: listing.id, kind: listing.kind, market: listing.market }
}

/** `listing.updated`, but only when the market can see the listing. */
export function updatedIfPublished(listing: Listing, now: Date): DomainEvent[] {
  return listing.state === 'published' ? [listingUpdated(factOf(listing), now)] : []
}
