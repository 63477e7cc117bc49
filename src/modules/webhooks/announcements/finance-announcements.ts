import { applicationStageChanged } from '../../applications/index.ts'
import { redemptionStateChanged } from '../../policies/index.ts'
import { announceOn } from './announcement.ts'

export const financeAnnouncements = [
  announceOn(applicationStageChanged, 'application.stage_changed', ({ applicationId, applicantId, providerId }) => ({
    data: { applicationId },
    audience: { of: 'organisations', orgIds: [applicantId, providerId] },
  })),
  announceOn(redemptionStateChanged, 'redemption.state_changed', ({ redemptionId, policyId, organisationId }) => ({
    data: { redemptionId, policyId },
    audience: { of: 'organisations', orgIds: [organisationId] },
  })),
]
