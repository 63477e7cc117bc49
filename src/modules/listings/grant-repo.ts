import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, idToUuid } from '../../kernel/ids.ts'
import type { ListingId } from './domain/listing.ts'
import { disclosureGrants } from './table.ts'

export type DisclosureGrant = typeof disclosureGrants.$inferSelect
/** An organisation, or one user: the broker in charge. */
export type Grantee = { orgId: Id<'organisation'>; userId?: never } | { userId: Id<'user'>; orgId?: never }

/** Keeps a grant on the same ground, also one that has ended: what was revoked does not come back by itself. */
export async function insertGrant(tx: Tx, grant: DisclosureGrant): Promise<void> {
  await tx.insert(disclosureGrants).values(grant).onConflictDoNothing()
}

/** The oldest grant by which this user may read, asked anew at every reading. */
export async function findActiveGrant(
  db: Db,
  listingId: ListingId,
  { orgId, userId }: { orgId: Id<'organisation'>; userId: Id<'user'> },
): Promise<DisclosureGrant | undefined> {
  const [row] = await db
    .select()
    .from(disclosureGrants)
    .where(
      and(
        eq(disclosureGrants.listingId, idToUuid(listingId)),
        isNull(disclosureGrants.endedAt),
        or(eq(disclosureGrants.orgId, orgId), eq(disclosureGrants.userId, userId)),
      ),
    )
    .orderBy(asc(disclosureGrants.id))
    .limit(1)
  return row
}

/** All grants of a listing, also those that have ended, in the order in which they were given. */
export async function listGrantsOf(db: Db, listingId: ListingId): Promise<DisclosureGrant[]> {
  return db
    .select()
    .from(disclosureGrants)
    .where(eq(disclosureGrants.listingId, idToUuid(listingId)))
    .orderBy(asc(disclosureGrants.id))
}

/** @returns the grant, or undefined when it has ended before or is none of the listing. */
export async function updateGrantToEnded(
  tx: Tx,
  { id, listingId }: { id: Id<'disclosureGrant'>; listingId: ListingId },
  ended: { endedAt: Date; endedBy: Id<'user'> },
): Promise<DisclosureGrant | undefined> {
  const isIt = and(eq(disclosureGrants.id, id), eq(disclosureGrants.listingId, idToUuid(listingId)))
  const [row] = await tx
    .update(disclosureGrants)
    .set(ended)
    .where(and(isIt, isNull(disclosureGrants.endedAt)))
    .returning()
  return row
}

/** Ends all grants that rest on one of these grounds. */
export async function updateGrantsOnGroundToEnded(tx: Tx, grounds: readonly string[], endedAt: Date): Promise<void> {
  await tx
    .update(disclosureGrants)
    .set({ endedAt })
    .where(and(inArray(disclosureGrants.ground, [...grounds]), isNull(disclosureGrants.endedAt)))
}
