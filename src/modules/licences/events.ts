import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'

const licence = { licenceId: idSchema('openLicence'), supplyId: idSchema('supply'), market: z.string() }

export const licenceDeclared = defineEvent('licence.declared', 1, z.object(licence))
export const licenceWithdrawn = defineEvent('licence.withdrawn', 1, z.object(licence))
/** Notice and payment have met: the licence is in force between these two. */
export const licenceTaken = defineEvent(
  'licence.taken',
  1,
  z.object({
    ...licence,
    acceptanceId: idSchema('licenceAcceptance'),
    licensorOrgId: idSchema('organisation'),
    licenseeOrgId: idSchema('organisation'),
    amountFen: z.int(),
  }),
)
