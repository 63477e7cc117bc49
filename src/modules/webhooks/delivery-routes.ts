import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { exampleDelivery, examplePendingTest } from './examples.ts'
import { listDeliveries } from './list-deliveries.ts'
import { toDeliveryResponse, toReplayRange } from './present.ts'
import { replayDeliveries } from './replay-deliveries.ts'
import { listDeliveriesQuery, replayDeliveriesBody, replayResponse, webhookDeliveryResponse } from './schemas.ts'
import { sendTest } from './send-test.ts'

const shared = { tag: 'Webhooks', permission: 'webhook.manage' } as const
const params = z.object({ id: idSchema('webhookEndpoint') })

export function deliveryRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/webhook-endpoints/:id/deliveries', {
    ...shared,
    operationId: 'listWebhookDeliveries',
    summary: 'List what was sent to a webhook endpoint, newest first',
    description: 'With the last attempt of each. Kept for 30 days after a delivery is settled.',
    params,
    query: listDeliveriesQuery,
    response: pageSchema(webhookDeliveryResponse),
    example: { response: { data: [exampleDelivery], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, params: { id }, query, pager }) => {
      const input = { endpointId: id, state: query.state, page: pager.request(query) }
      return { body: pager.answer(await listDeliveries({ db }, actor, input), toDeliveryResponse) }
    },
  })
  api.post('/v1/webhook-endpoints/:id/test', {
    ...shared,
    operationId: 'testWebhookEndpoint',
    summary: 'Send a test message to a webhook endpoint',
    description: 'It is of type `webhook.test` and takes the way of all others; look for it among the deliveries.',
    idempotency: 'required',
    params,
    status: 202,
    response: webhookDeliveryResponse,
    errors: ['IDEMPOTENCY_KEY_REQUIRED', 'TRANSITION_NOT_ALLOWED'],
    example: { response: examplePendingTest },
    handle: async ({ db, actor, params: { id } }) => ({
      body: toDeliveryResponse(await sendTest({ db, clock }, actor, id)),
    }),
  })
  api.post('/v1/webhook-endpoints/:id/replay', {
    ...shared,
    operationId: 'replayWebhookDeliveries',
    summary: 'Send one delivery, or those of a time span, once more',
    description: 'A span replays what failed or was cancelled; with `includeDelivered` all of it.',
    params,
    body: replayDeliveriesBody,
    status: 202,
    response: replayResponse,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: {
      body: { since: '2026-03-01T00:00:00.000Z', until: '2026-03-02T00:00:00.000Z' },
      response: { replayed: 12 },
    },
    handle: async ({ db, actor, params: { id }, body }) => ({
      body: await replayDeliveries({ db, clock }, actor, { endpointId: id, range: toReplayRange(body) }),
    }),
  })
}
