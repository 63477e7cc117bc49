import { organisationVerificationChanged } from '../../identity/index.ts'
import { announceOn } from './announcement.ts'

export const organisationAnnouncements = [
  announceOn(organisationVerificationChanged, 'organisation.verification_changed', ({ organisationId }) => ({
    data: { organisationId },
    audience: { of: 'organisations', orgIds: [organisationId] },
  })),
]
