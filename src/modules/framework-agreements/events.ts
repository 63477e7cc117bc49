import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'
import { agreementStates } from './domain/agreement.ts'

/** A framework agreement was proposed, answered or ended by `byOrgId`. */
export const agreementStateChanged = defineEvent(
  'agreement.state_changed',
  1,
  z.object({
    agreementId: idSchema('frameworkAgreement'),
    ...{ providerId: idSchema('organisation'), enterpriseId: idSchema('organisation') },
    ...{ byOrgId: idSchema('organisation'), state: z.enum(agreementStates), version: z.int() },
  }),
)
