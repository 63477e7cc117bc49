import { z } from 'zod'
import { defineEvent } from '../../kernel/domain-event.ts'
import { idSchema } from '../../kernel/ids.ts'

/**
 * Somebody is to look at that time whether an attempt at the endpoint can begin. It names no delivery: whoever looks takes the
 * one that has been due longest.
 */
export const webhookLineCalled = defineEvent(
  'webhook_line.called',
  1,
  z.object({ endpointId: idSchema('webhookEndpoint'), at: z.iso.datetime() }),
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
