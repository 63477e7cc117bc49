import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { findOrganisations, type OrganisationSummary } from '../identity/index.ts'
import type { ListingId } from './domain/listing.ts'
import { type DisclosureGrant, listGrantsOf } from './grant-repo.ts'
import { findListing } from './listing-repo.ts'
import { assertOwner } from './policy.ts'

export type GrantView = { grant: DisclosureGrant; organisation: OrganisationSummary | undefined }

/** Who may read a listing's confidential detail, and who might before. @throws NOT_FOUND for who does not own it. */
export async function listGrants(
  { db }: { db: Db },
  actor: Principal,
  { listingId }: { listingId: ListingId },
): Promise<GrantView[]> {
  const listing = await findListing(db, listingId)
  if (listing === undefined) throw notFound('listing')
  assertOwner(actor, listing)
  const grants = await listGrantsOf(db, listingId)
  const orgIds = grants.flatMap(({ orgId }): Id<'organisation'>[] => (orgId === null ? [] : [orgId]))
  const organisations = await findOrganisations(db, [...new Set(orgIds)])
  return grants.map((grant) => ({
    grant,
    organisation: grant.orgId === null ? undefined : organisations.get(grant.orgId),
  }))
}
