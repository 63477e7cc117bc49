import { and, asc, eq, inArray, isNull, ne, or } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { idToUuid, uuidToId } from '../../kernel/ids.ts'
import { entityOfKind, type Listing, type ListingId } from '../listings/index.ts'
import { listings } from '../listings/table.ts'
import { listingSignatures } from './table.ts'

const isSigned = eq(listingSignatures.listingId, listings.id)

/** Published listings that were never signed, or changed since; as much of them as a signature reads. */
export async function listUnsigned(
  db: Db,
  limit: number,
): Promise<Pick<Listing, 'id' | 'kind' | 'version' | 'content' | 'details'>[]> {
  const rows = await db
    .select({ listing: listings })
    .from(listings)
    .leftJoin(listingSignatures, isSigned)
    .where(
      and(
        eq(listings.state, 'published'),
        or(isNull(listingSignatures.version), ne(listingSignatures.version, listings.version)),
      ),
    )
    .orderBy(asc(listings.id))
    .limit(limit)
  return rows.map(({ listing: { id, kind, version, details, ...content } }) => ({
    ...{ id: uuidToId(entityOfKind[kind], id), kind, version, details },
    content: {
      ...content,
      summary: content.summary ?? undefined,
      description: content.description ?? undefined,
      region: content.region ?? undefined,
      provenance: content.provenance ?? undefined,
      externalId: content.externalId ?? undefined,
      validUntil: content.validUntil ?? undefined,
    },
  }))
}

/** Signed listings that have left the market. */
export async function listSignedElsewhere(db: Db, limit: number): Promise<ListingId[]> {
  const rows = await db
    .select({ id: listings.id, kind: listings.kind })
    .from(listingSignatures)
    .innerJoin(listings, isSigned)
    .where(ne(listings.state, 'published'))
    .limit(limit)
  return rows.map(({ id, kind }) => uuidToId(entityOfKind[kind], id))
}

/** Whose listings these are, by bare id. */
export async function findOwners(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: listings.id, orgId: listings.orgId })
    .from(listings)
    .where(inArray(listings.id, [...ids]))
  return new Map(rows.map(({ id, orgId }) => [id, idToUuid(orgId)]))
}
