import { z } from 'zod'
import { pageQuery } from '../../http/pagination.ts'
import { defineSchema } from '../../http/schema-registry.ts'
import { idSchema } from '../../kernel/ids.ts'
import { sendFailures } from '../../ports/webhook-sender.ts'
import { deliveryStates, disabledReasons } from './domain/delivery.ts'
import { publicEventTypes, testEventType } from './domain/event-types.ts'

const url = z.string().min(1).max(2_000).meta({
  description: 'https, port 443 or 8443, a host name of the public internet; no user, no IP address.',
})
const description = z
  .string()
  .overwrite((text) => text.normalize('NFC').trim())
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line without control characters')
const eventTypes = z
  .array(z.enum(publicEventTypes))
  .min(1)
  .max(publicEventTypes.length)
  .refine((types) => new Set(types).size === types.length, 'must not name a type twice')

export const createWebhookEndpointBody = z.strictObject({ url, description: description.optional(), eventTypes })
export type CreateWebhookEndpoint = z.output<typeof createWebhookEndpointBody>

export const updateWebhookEndpointBody = z.strictObject({
  url: url.optional(),
  description: description.nullable().optional(),
  eventTypes: eventTypes.optional(),
  isEnabled: z.boolean().optional(),
})
export type UpdateWebhookEndpoint = z.output<typeof updateWebhookEndpointBody>

export const webhookEndpointResponse = defineSchema(
  'WebhookEndpoint',
  z.object({
    id: idSchema('webhookEndpoint'),
    url: z.string(),
    description: z.string().optional(),
    eventTypes: z.array(z.enum(publicEventTypes)),
    isEnabled: z.boolean(),
    disabledReason: z
      .enum(disabledReasons)
      .optional()
      .meta({ description: 'gone: it answered 410; exhausted: a message failed ten times.' }),
    disabledAt: z.iso.datetime().optional(),
    previousSecretUntil: z.iso.datetime().optional().meta({ description: 'Until then two secrets sign.' }),
    version: z.int().min(1),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  }),
)

const secret = z.string().meta({ description: 'Signs the messages (Standard Webhooks). Shown once.' })
export const webhookEndpointWithSecretResponse = defineSchema(
  'WebhookEndpointWithSecret',
  webhookEndpointResponse.extend({ secret }),
)

export const listDeliveriesQuery = z.object({ ...pageQuery, state: z.enum(deliveryStates).optional() })

export const webhookDeliveryResponse = defineSchema(
  'WebhookDelivery',
  z.object({
    id: idSchema('webhookDelivery'),
    eventId: idSchema('event').meta({ description: 'The webhook-id, the same at every attempt.' }),
    type: z.enum([...publicEventTypes, testEventType]),
    state: z.enum(deliveryStates),
    attempts: z.int().min(0),
    nextAttemptAt: z.iso.datetime().optional(),
    lastAttempt: z
      .object({
        at: z.iso.datetime(),
        statusCode: z.int().optional(),
        failure: z.enum([...sendFailures, 'endpoint_disabled', 'unreported']).optional(),
        latencyMs: z.int().min(0).optional(),
        excerpt: z.string().optional().meta({ description: 'The first 1,024 bytes of the answer, HTML-escaped.' }),
      })
      .optional(),
    createdAt: z.iso.datetime(),
    settledAt: z.iso.datetime().optional(),
  }),
)

export const replayDeliveriesBody = z.union([
  z.strictObject({ deliveryId: idSchema('webhookDelivery') }),
  z
    .strictObject({
      since: z.iso.datetime(),
      until: z.iso.datetime(),
      includeDelivered: z.boolean().default(false).meta({ description: 'Also what the receiver has accepted.' }),
    })
    .refine(({ since, until }) => Date.parse(since) <= Date.parse(until), {
      error: 'must not be before since',
      path: ['until'],
    }),
])
export type ReplayWebhookDeliveries = z.output<typeof replayDeliveriesBody>

export const replayResponse = z.object({
  replayed: z.int().min(0).meta({ description: 'At most 1,000 a call; call again for the rest.' }),
})
