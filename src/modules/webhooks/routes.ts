import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import { createEndpoint, type EndpointDeps } from './create-endpoint.ts'
import { deleteEndpoint } from './delete-endpoint.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { exampleEndpoint, exampleSecret } from './examples.ts'
import { listEndpoints } from './list-endpoints.ts'
import { toEndpointResponse, toEndpointWithSecretResponse } from './present.ts'
import { readEndpoint } from './read-endpoint.ts'
import { rotateSecret } from './rotate-secret.ts'
import {
  createWebhookEndpointBody,
  updateWebhookEndpointBody,
  webhookEndpointResponse,
  webhookEndpointWithSecretResponse,
} from './schemas.ts'
import { updateEndpoint } from './update-endpoint.ts'

const shared = { tag: 'Webhooks', permission: 'webhook.manage' } as const
const params = z.object({ id: idSchema('webhookEndpoint') })

/** Where an organisation wants to be called, and what was sent there. */
export function webhookRoutes(api: Api, deps: Omit<EndpointDeps, 'db'>): void {
  api.post('/v1/webhook-endpoints', {
    ...shared,
    operationId: 'createWebhookEndpoint',
    summary: 'Add a webhook endpoint',
    description:
      'Messages follow Standard Webhooks 1.0: verify `webhook-signature` with the secret, which is shown once, and answer 2xx within 15 seconds. A message is tried ten times over three days and may come more than once, under the same `webhook-id`.',
    idempotency: 'required',
    body: createWebhookEndpointBody,
    status: 201,
    response: webhookEndpointWithSecretResponse,
    errors: ['IDEMPOTENCY_KEY_REQUIRED'],
    example: {
      body: { url: exampleEndpoint.url, description: '生产环境', eventTypes: exampleEndpoint.eventTypes },
      response: { ...exampleEndpoint, secret: exampleSecret },
    },
    handle: async ({ db, actor, body }) => {
      const made = await createEndpoint({ ...deps, db }, actor, body)
      return { body: toEndpointWithSecretResponse(made), etag: etagOf(made.endpoint.version) }
    },
  })
  api.get('/v1/webhook-endpoints', {
    ...shared,
    operationId: 'listWebhookEndpoints',
    summary: "List the organisation's webhook endpoints",
    query: z.object(pageQuery),
    response: pageSchema(webhookEndpointResponse),
    example: { response: { data: [exampleEndpoint], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => ({
      body: pager.answer(await listEndpoints({ db }, actor, pager.request(query)), toEndpointResponse),
    }),
  })
  api.get('/v1/webhook-endpoints/:id', {
    ...shared,
    operationId: 'readWebhookEndpoint',
    summary: 'Read a webhook endpoint',
    params,
    response: webhookEndpointResponse,
    example: { response: exampleEndpoint },
    handle: async ({ db, actor, params: { id } }) => {
      const endpoint = await readEndpoint({ db }, actor, id)
      return { body: toEndpointResponse(endpoint), etag: etagOf(endpoint.version) }
    },
  })
  api.patch('/v1/webhook-endpoints/:id', {
    ...shared,
    operationId: 'updateWebhookEndpoint',
    summary: 'Change, enable or disable a webhook endpoint',
    ifMatch: 'required',
    params,
    body: updateWebhookEndpointBody,
    response: webhookEndpointResponse,
    example: { body: { isEnabled: true }, response: { ...exampleEndpoint, version: 2 } },
    handle: async ({ db, actor, params: { id }, body, ifMatch = 0 }) => {
      const endpoint = await updateEndpoint({ ...deps, db }, actor, { id, version: ifMatch, change: body })
      return { body: toEndpointResponse(endpoint), etag: etagOf(endpoint.version) }
    },
  })
  api.delete('/v1/webhook-endpoints/:id', {
    ...shared,
    operationId: 'deleteWebhookEndpoint',
    summary: 'Remove a webhook endpoint and its log',
    params,
    example: {},
    handle: async ({ db, actor, params: { id } }) => {
      await deleteEndpoint({ ...deps, db }, actor, id)
      return { body: undefined }
    },
  })
  api.post('/v1/webhook-endpoints/:id/rotate', {
    ...shared,
    operationId: 'rotateWebhookSecret',
    summary: 'Give a webhook endpoint a new secret',
    description: 'For 24 hours messages carry a signature of each, the new secret and the one before.',
    idempotency: 'required',
    params,
    response: webhookEndpointWithSecretResponse,
    errors: ['IDEMPOTENCY_KEY_REQUIRED'],
    example: {
      response: {
        ...{ ...exampleEndpoint, version: 2, secret: exampleSecret },
        previousSecretUntil: '2026-03-03T01:00:00.000Z',
      },
    },
    handle: async ({ db, actor, params: { id } }) => {
      const rotated = await rotateSecret({ ...deps, db }, actor, id)
      return { body: toEndpointWithSecretResponse(rotated), etag: etagOf(rotated.endpoint.version) }
    },
  })
  deliveryRoutes(api, deps)
}
