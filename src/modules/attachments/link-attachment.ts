import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { isSignedIn, type Viewer } from '../../kernel/principal.ts'
import { admitReading, listingIdSchema, type ReadingPurpose, tierOf } from '../listings/index.ts'
import type { AttachmentLinks, Link } from './attachment-links.ts'
import { type Attachment, getAttachment } from './attachment-repo.ts'

type Deps = { db: Db; clock: Clock; attachmentLinks: AttachmentLinks }
type Input = { id: Id<'attachment'>; purpose: ReadingPurpose }
export type GivenLink = Link & { watermark: Id<'reading'> | undefined }

/**
 * A link to a listing's file, for whoever may read that tier of the listing now; it outlives a right that ends by five minutes
 * at most. The link to a confidential file is a reading, and leaves a row with its purpose in the owner's audit log.
 * @throws NOT_FOUND
 */
export async function linkAttachment(deps: Deps, viewer: Viewer, { id, purpose }: Input): Promise<GivenLink> {
  const now = deps.clock.now()
  const attachment = await getAttachment(deps.db, id)
  const watermark = await admit(deps.db, viewer, { attachment, purpose, now })
  return { ...deps.attachmentLinks.linkTo(id, now), watermark }
}

type Admission = { attachment: Attachment; purpose: ReadingPurpose; now: Date }

async function admit(
  db: Db,
  viewer: Viewer,
  { attachment: { id: objectId, subject, tier }, purpose, now }: Admission,
): Promise<Id<'reading'> | undefined> {
  const listing = listingIdSchema.safeParse(subject)
  if (!listing.success) throw notFound('attachment')
  const disclosure = await tierOf({ db }, viewer, listing.data)
  if (tier === 'public' || (tier === 'member' && disclosure !== 'teaser')) return undefined
  if (!isSignedIn(viewer)) throw notFound('attachment')
  const reading = { id: listing.data, purpose, action: 'attachment.read', objectId, at: now }
  return withTx(db, (tx) => admitReading(tx, viewer, reading))
}
