import type { z } from 'zod'
import type { Db } from '../../../db/client.ts'
import { disclosureRestored, disclosureRevoked, findGrantee, findListing } from '../../listings/index.ts'
import type { Notice } from '../domain/notice.ts'
import { listRecipients } from '../recipient-view.ts'
import { noticesOn } from './rule.ts'

export const disclosureNotices = [
  noticesOn(disclosureRevoked, { notices: (db, fact) => noticesOf(db, 'disclosure.revoked', fact) }),
  noticesOn(disclosureRestored, { notices: (db, fact) => noticesOf(db, 'disclosure.restored', fact) }),
]

type Fact = z.output<typeof disclosureRevoked.schema>

/** Whose right it is: an organisation, or one broker. */
async function noticesOf(
  db: Db,
  kind: 'disclosure.revoked' | 'disclosure.restored',
  { grantId, listingId, at }: Fact,
): Promise<Notice[]> {
  const [grantee, listing] = [await findGrantee(db, grantId), await findListing(db, listingId)]
  if (grantee === undefined || listing === undefined) return []
  const params = { listingId, listingTitle: listing.content.title }
  const notice = { kind, subjectId: `${grantId}@${at}`, params }
  if (grantee.orgId !== undefined) return [{ orgId: grantee.orgId, ...notice }]
  const [user] = await listRecipients(db, [grantee.userId])
  return user === undefined ? [] : [{ orgId: user.orgId, userIds: [grantee.userId], ...notice }]
}
