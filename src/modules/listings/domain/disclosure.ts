import { isSignedIn, type Viewer } from '../../../kernel/principal.ts'
import type { Listing } from './listing.ts'

/** How much of a listing a viewer gets: teaser for everyone, member for signed-in users, full for its owner. */
export type Disclosure = 'teaser' | 'member' | 'full'

/** The tier of a viewer who may see the listing at all. Confidential detail belongs to `full` alone. */
export function disclosureOf(viewer: Viewer, listing: Pick<Listing, 'orgId'>): Disclosure {
  if (!isSignedIn(viewer)) return 'teaser'
  return viewer.orgId === listing.orgId ? 'full' : 'member'
}

/** Why somebody reads another organisation's confidential detail. */
export const readingPurposes = ['evaluation', 'negotiation', 'contract', 'brokerage', 'financing'] as const
export type ReadingPurpose = (typeof readingPurposes)[number]
