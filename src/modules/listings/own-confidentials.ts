import type { Db } from '../../db/client.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Vault } from '../../ports/vault.ts'
import { readConfidential } from './confidential.ts'
import { listConfidentialIds } from './confidential-repo.ts'
import type { Confidential, Listing, ListingId } from './domain/listing.ts'
import { assertOwner } from './policy.ts'

/** The confidential parts of the actor's own listings, of those that have one. @throws NOT_FOUND when one is somebody else's. */
export async function readOwnConfidentials(
  { db, vault }: { db: Db; vault: Vault },
  actor: Principal,
  listings: readonly Listing[],
): Promise<Map<ListingId, Confidential>> {
  for (const listing of listings) assertOwner(actor, listing)
  const confidentials = new Map<ListingId, Confidential>()
  const ids = listings.map(({ id }) => id)
  for (const id of await listConfidentialIds(db, ids)) confidentials.set(id, await readConfidential({ db, vault }, id))
  return confidentials
}
