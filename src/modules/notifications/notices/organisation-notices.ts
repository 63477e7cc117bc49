import type { Db } from '../../../db/client.ts'
import type { Id } from '../../../kernel/ids.ts'
import { getOrganisation, organisationVerificationChanged } from '../../identity/index.ts'
import type { Notice } from '../domain/notice.ts'
import { noticesOn } from './rule.ts'

export const organisationNotices = [
  noticesOn(organisationVerificationChanged, {
    isTold: ({ verification }) => verification === 'verified',
    notices: noticesOfVerification,
  }),
]

/** A verified organisation. Reinstating after a suspension keeps the day of the verification, so it is not told again. */
async function noticesOfVerification(
  db: Db,
  { organisationId }: { organisationId: Id<'organisation'> },
): Promise<Notice[]> {
  const { verification, verifiedAt, name } = await getOrganisation(db, organisationId)
  if (verification !== 'verified' || verifiedAt === null) return []
  const params = { organisationId, organisationName: name }
  const subjectId = `${organisationId}@${verifiedAt.toISOString()}`
  return [{ orgId: organisationId, kind: 'organisation.verified', subjectId, params }]
}
