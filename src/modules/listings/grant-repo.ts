import { and, asc, eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import { type Id, idToUuid, uuidToId } from '../../kernel/ids.ts'
import { entityOfKind, type ListingId } from './domain/listing.ts'
import { disclosureGrants, listings } from './table.ts'

export type DisclosureGrant = typeof disclosureGrants.$inferSelect
/** An organisation, or one user: the broker in charge. */
export type Grantee = { orgId: Id<'organisation'>; userId?: never } | { userId: Id<'user'>; orgId?: never }

/** @returns false when there is one on the same ground already, also one that has ended. */
export async function insertGrant(tx: Tx, grant: DisclosureGrant): Promise<boolean> {
  const { rowCount } = await tx.insert(disclosureGrants).values(grant).onConflictDoNothing()
  return rowCount === 1
}

/**
 * Takes up a grant that ended otherwise than by its owner, as that of a broker who comes back: what was revoked does not come
 * back by itself. @returns it, or undefined when it holds or was revoked.
 */
export async function updateGrantToResumed(
  tx: Tx,
  { listingId, ground, orgId, userId, grantedAt }: DisclosureGrant,
): Promise<DisclosureGrant | undefined> {
  const isGrantee = and(
    orgId ? eq(disclosureGrants.orgId, orgId) : undefined,
    userId ? eq(disclosureGrants.userId, userId) : undefined,
  )
  const isSame = and(eq(disclosureGrants.listingId, listingId), eq(disclosureGrants.ground, ground), isGrantee)
  const [row] = await tx
    .update(disclosureGrants)
    .set({ grantedAt, endedAt: null })
    .where(and(isSame, isNotNull(disclosureGrants.endedAt), isNull(disclosureGrants.endedBy)))
    .returning()
  return row
}

/** Whose right it is, also when it has ended. */
export async function findGrantee(db: Db, id: Id<'disclosureGrant'>): Promise<Grantee | undefined> {
  const [row] = await db.select().from(disclosureGrants).where(eq(disclosureGrants.id, id))
  if (row?.orgId) return { orgId: row.orgId }
  return row?.userId ? { userId: row.userId } : undefined
}

type OwnedGrant = { grant: DisclosureGrant; listingId: ListingId }

/** A grant on a ground, if it opens a listing of the owner; held until the transaction ends. */
export async function lockOwnedGrant(
  tx: Tx,
  { id, ground, ownerId }: { id: Id<'disclosureGrant'>; ground: string; ownerId: Id<'organisation'> },
): Promise<OwnedGrant | undefined> {
  const [row] = await tx
    .select({ grant: disclosureGrants, kind: listings.kind })
    .from(disclosureGrants)
    .innerJoin(listings, eq(listings.id, disclosureGrants.listingId))
    .where(and(eq(disclosureGrants.id, id), eq(disclosureGrants.ground, ground), eq(listings.orgId, ownerId)))
    .for('update', { of: disclosureGrants })
  return row && { grant: row.grant, listingId: uuidToId(entityOfKind[row.kind], row.grant.listingId) }
}

/** Gives a right back that its owner took back. */
export async function updateGrantToRestored(tx: Tx, id: Id<'disclosureGrant'>, grantedAt: Date): Promise<void> {
  await tx.update(disclosureGrants).set({ grantedAt, endedAt: null, endedBy: null }).where(eq(disclosureGrants.id, id))
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

/** Ends all grants that rest on a ground, or those of one user. */
export async function updateGrantsOnGroundToEnded(
  tx: Tx,
  { ground, userId }: { ground: string; userId?: Id<'user'> },
  endedAt: Date,
): Promise<void> {
  const isMeant = and(eq(disclosureGrants.ground, ground), userId && eq(disclosureGrants.userId, userId))
  await tx
    .update(disclosureGrants)
    .set({ endedAt })
    .where(and(isMeant, isNull(disclosureGrants.endedAt)))
}
