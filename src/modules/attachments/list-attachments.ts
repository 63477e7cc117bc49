import type { Db } from '../../db/client.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { type ListingId, mayReadConfidential, tierOf } from '../listings/index.ts'
import { type Attachment, listAttachmentsOf } from './attachment-repo.ts'

/** The files of a listing that a viewer may fetch: nobody else learns that a confidential one is there. @throws NOT_FOUND */
export async function listAttachments({ db }: { db: Db }, viewer: Viewer, id: ListingId): Promise<Attachment[]> {
  const disclosure = await tierOf({ db }, viewer, id)
  const all = await listAttachmentsOf(db, id)
  const seesConfidential =
    all.some(({ tier }) => tier === 'confidential') && (await mayReadConfidential(db, viewer, id))
  const shown = { public: true, member: disclosure !== 'teaser', confidential: seesConfidential, thread: false }
  return all.filter(({ tier }) => shown[tier])
}
