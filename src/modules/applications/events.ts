import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { stages } from './domain/lifecycle.ts'

/** A finance application took a step; `applicantId` and `providerId` are the two sides. */
export const applicationStageChanged = defineEvent(
  'application.stage_changed',
  1,
  z.object({
    applicationId: idSchema('financeApplication'),
    ...{ applicantId: idSchema('organisation'), providerId: idSchema('organisation') },
    ...{ byOrgId: idSchema('organisation'), stage: z.enum(stages), version: z.int() },
  }),
)

/** The provider's next step was due, and it has been reminded of it. */
export const applicationStepLate = defineEvent(
  'application.step_late',
  1,
  z.object({
    ...{ applicationId: idSchema('financeApplication'), providerId: idSchema('organisation') },
    ...{ stage: z.enum(stages), version: z.int() },
  }),
)
