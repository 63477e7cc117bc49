import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { defineJob, type Job, on, onOccurrence, type Schedule, type Subscription } from '../../kernel/job.ts'
import type { Vault } from '../../ports/vault.ts'
import type { WebhookSender } from '../../ports/webhook-sender.ts'
import { listingIdSchema } from '../listings/index.ts'
import { announcements } from './announcements/announcements.ts'
import { publicEventTypes } from './domain/event-types.ts'
import { webhookEndpointDisabled, webhookLineCalled } from './events.ts'
import { fanOutWebhooks } from './fan-out-webhooks.ts'
import { serveLine } from './serve-line.ts'
import { sweepDeliveries } from './sweep-deliveries.ts'
import { tellOwners } from './tell-owners.ts'

const queue = 'webhooks'

const audience = z.discriminatedUnion('of', [
  z.object({ of: z.literal('listing'), listingId: listingIdSchema }),
  z.object({ of: z.literal('organisations'), orgIds: z.array(idSchema('organisation')) }),
  z.object({ of: z.literal('user'), userId: idSchema('user') }),
  z.object({ of: z.literal('lot'), lotId: idSchema('auction') }),
  z.object({ of: z.literal('award'), lotId: idSchema('auction'), awardId: idSchema('auctionAward') }),
  z.object({ of: z.literal('members'), jointDemandId: idSchema('jointDemand'), who: z.enum(['all', 'agreed']) }),
  z.object({ of: z.literal('reviewers'), market: z.string(), sides: z.array(listingIdSchema) }),
])

const publicFact = z.object({
  eventId: idSchema('event'),
  occurredAt: z.iso.datetime(),
  type: z.enum(publicEventTypes),
  data: z.record(z.string(), z.string()),
  audience,
})

/** Most facts are nobody's wish, and one question tells of a hundred. */
export const fanOutWebhooksJob = defineJob({
  ...{ name: 'webhooks.fan-out-facts', queue, attempts: 10 },
  gather: { list: 'facts', atMost: 100 },
  payload: z.object({ facts: z.array(publicFact).min(1) }),
  run: (deps: { db: Db; clock: Clock }, { facts }) =>
    fanOutWebhooks(
      deps,
      facts.map(({ occurredAt, ...fact }) => ({ ...fact, occurredAt: new Date(occurredAt) })),
    ),
})

/** Attempts wait for strangers nearly all their time, up to 15 s: 32 at once cost a worker little. */
export const serveLineJob = defineJob({
  ...{ name: 'webhooks.serve-line', queue, attempts: 5, concurrency: 32 },
  payload: webhookLineCalled.schema,
  run: (deps: { db: Db; clock: Clock; vault: Vault; webhooks: WebhookSender }, { endpointId, at }) =>
    serveLine(deps, { endpointId, at: new Date(at) }),
})

export const tellOwnersJob = defineJob({
  ...{ name: 'webhooks.tell-owners', queue, attempts: 5 },
  payload: webhookEndpointDisabled.schema.extend({ eventId: idSchema('event') }),
  run: tellOwners,
})

export const sweepDeliveriesJob = defineJob({
  ...{ name: 'webhooks.sweep-deliveries', queue, attempts: 3 },
  payload: z.object({}),
  run: sweepDeliveries,
})

type Deps = { db: Db; clock: Clock; vault: Vault; webhooks: WebhookSender }
export const webhookJobs: readonly Job<Deps>[] = [fanOutWebhooksJob, serveLineJob, tellOwnersJob, sweepDeliveriesJob]

export const webhookSchedules: readonly Schedule[] = [
  { id: 'webhooks.sweep-deliveries', request: sweepDeliveriesJob.request({}), everyMs: 60_000 },
]

export const webhookSubscriptions: readonly Subscription[] = [
  ...announcements.map(({ subscribe }) =>
    subscribe(({ occurredAt, data, ...announced }) =>
      fanOutWebhooksJob.request({
        facts: [{ ...announced, occurredAt: occurredAt.toISOString(), data: { ...data } }],
      }),
    ),
  ),
  on(webhookLineCalled, (call) => [serveLineJob.request(call, { runAt: new Date(call.at) })]),
  onOccurrence(webhookEndpointDisabled, (disabled, { eventId }) => [tellOwnersJob.request({ ...disabled, eventId })]),
]
