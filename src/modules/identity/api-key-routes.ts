import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { apiKeyResponse, createApiKeyBody, createdApiKeyResponse } from './auth-schemas.ts'
import { createApiKey } from './create-api-key.ts'
import { exampleApiKey, exampleApiKeyText, lastPage } from './examples.ts'
import { listApiKeys } from './list-api-keys.ts'
import { toApiKeyResponse, toCreatedApiKeyResponse } from './present.ts'
import { revokeApiKey } from './revoke-api-key.ts'

export function apiKeyRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/api-keys', {
    operationId: 'createApiKey',
    summary: 'Create an API key',
    description: 'The key acts for its creator within the scopes. It is shown once.',
    tag: 'Authentication',
    permission: 'api_key.manage',
    idempotency: 'required',
    body: createApiKeyBody,
    status: 201,
    response: createdApiKeyResponse,
    errors: ['IDEMPOTENCY_KEY_REQUIRED'],
    example: {
      body: { name: exampleApiKey.name, scopes: exampleApiKey.scopes },
      response: { ...exampleApiKey, key: exampleApiKeyText },
    },
    handle: async ({ db, actor, body }) => ({
      body: toCreatedApiKeyResponse(await createApiKey({ db, clock }, actor, body)),
    }),
  })

  api.get('/v1/api-keys', {
    operationId: 'listApiKeys',
    summary: "List my organisation's API keys",
    tag: 'Authentication',
    permission: 'api_key.manage',
    query: z.object(pageQuery),
    response: pageSchema(apiKeyResponse),
    example: { response: { data: [exampleApiKey], page: lastPage } },
    handle: async ({ db, actor, query, pager }) => ({
      body: pager.answer(await listApiKeys({ db }, actor, pager.request(query)), toApiKeyResponse),
    }),
  })

  api.delete('/v1/api-keys/:id', {
    operationId: 'revokeApiKey',
    summary: 'Revoke an API key',
    description: 'It stops working within a second.',
    tag: 'Authentication',
    permission: 'api_key.manage',
    params: z.object({ id: idSchema('apiKey') }),
    example: {},
    handle: async ({ db, actor, params }) => {
      await revokeApiKey({ db, clock }, actor, params.id)
      return { body: undefined }
    },
  })
}
