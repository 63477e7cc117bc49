import { applicationStageChanged } from '../../applications/index.ts'
import { announceOn } from './announcement.ts'

export const applicationAnnouncements = [
  announceOn(applicationStageChanged, 'application.stage_changed', ({ applicationId, applicantId, providerId }) => ({
    data: { applicationId },
    audience: { of: 'organisations', orgIds: [applicantId, providerId] },
  })),
]
