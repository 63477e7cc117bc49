import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'

/** An attempt that is to begin at a time; the first one, each retry, and each replay. */
export const webhookAttemptPlanned = defineEvent(
  'webhook_attempt.planned',
  1,
  z.object({ deliveryId: idSchema('webhookDelivery'), attempt: z.int().min(1), at: z.iso.datetime() }),
)

/** An endpoint was switched off because of what it answered. */
export const webhookEndpointDisabled = defineEvent(
  'webhook_endpoint.disabled',
  1,
  z.object({
    endpointId: idSchema('webhookEndpoint'),
    orgId: idSchema('organisation'),
    reason: z.enum(['gone', 'exhausted']),
  }),
)
