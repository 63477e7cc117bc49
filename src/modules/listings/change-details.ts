import { canMove } from '../../kernel/state-machine.ts'
import { changeListing, type ListingDeps, updatedIfPublished, withoutActor } from './change-listing.ts'
import { listingLifecycle } from './domain/lifecycle.ts'
import type { ListingId } from './domain/listing.ts'
import type { ListingKindDefinition } from './kind.ts'
import { findListing } from './listing-repo.ts'

type Change = {
  definition: ListingKindDefinition
  id: ListingId
  /** Names of the own fields that change, for the history. */
  fields: string[]
  change(details: Record<string, unknown>): Record<string, unknown>
}

/**
 * Changes own fields of a listing because of what happened elsewhere, as the next version with history and event. One that
 * can no longer be edited stays as it is. @returns whether it was changed.
 */
export async function changeDetails(deps: ListingDeps, { fields, change, ...ref }: Change): Promise<boolean> {
  const listing = await findListing(deps.db, ref.id)
  if (listing === undefined || !canMove(listingLifecycle, listing.state, 'edit')) return false
  await changeListing(deps, undefined, {
    ...ref,
    action: 'edit',
    changedFields: fields,
    authorise: withoutActor,
    change: ({ details }) => ({ details: change(details) }),
    events: updatedIfPublished,
  })
  return true
}
