import { boolean, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytes, instant, typeId } from '../../db/columns.ts'
import { deliveryStates, disabledReasons } from './domain/delivery.ts'
import type { MessageType, PublicEventType } from './domain/event-types.ts'
import type { MessageIds } from './domain/message.ts'

export const webhookEndpoints = pgTable('webhook_endpoints', {
  id: typeId('webhookEndpoint')('id').primaryKey(),
  orgId: typeId('organisation')('org_id').notNull(),
  url: text('url').notNull(),
  description: text('description'),
  eventTypes: text('event_types').array().$type<PublicEventType[]>().notNull(),
  isEnabled: boolean('is_enabled').notNull(),
  disabledReason: text('disabled_reason', { enum: disabledReasons }),
  disabledAt: instant('disabled_at'),
  /** Sealed with the endpoint's id as context, as is the previous one. */
  secret: bytes('secret').notNull(),
  previousSecret: bytes('previous_secret'),
  previousSecretUntil: instant('previous_secret_until'),
  /** See domain/pace.ts. These three change with every attempt and do not count as a version. */
  parallelLimit: integer('parallel_limit').notNull(),
  consecutiveFailures: integer('consecutive_failures').notNull(),
  pausedUntil: instant('paused_until'),
  version: integer('version').notNull().default(1),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
})

export const webhookDeliveries = pgTable('webhook_deliveries', {
  id: typeId('webhookDelivery')('id').primaryKey(),
  endpointId: typeId('webhookEndpoint')('endpoint_id').notNull(),
  /** Becomes the webhook-id, the same at every attempt and replay. */
  eventId: typeId('event')('event_id').notNull(),
  type: text('type').$type<MessageType>().notNull(),
  data: jsonb('data').$type<MessageIds>().notNull(),
  occurredAt: instant('occurred_at').notNull(),
  state: text('state', { enum: deliveryStates }).notNull(),
  attempts: integer('attempts').notNull(),
  /** Only while pending. */
  nextAttemptAt: instant('next_attempt_at'),
  /** Present while an attempt has not reported back. */
  leaseToken: uuid('lease_token'),
  leaseUntil: instant('lease_until'),
  lastAttemptAt: instant('last_attempt_at'),
  lastStatusCode: integer('last_status_code'),
  lastFailure: text('last_failure'),
  lastLatencyMs: integer('last_latency_ms'),
  lastExcerpt: text('last_excerpt'),
  createdAt: instant('created_at').notNull(),
  settledAt: instant('settled_at'),
})
