import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Db } from '../db/client.ts'
import { impossible } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import { isSignedIn, type Viewer } from '../kernel/principal.ts'
import { type Authenticate, assertPermission, viewerOf } from './auth.ts'
import { readIdempotencyKey, runIdempotent, type StoredReply } from './idempotency.ts'
import { readIfMatch } from './if-match.ts'
import { pager } from './pagination.ts'
import { type RateLimiter, type RateLimitPolicy, rateLimitKey } from './rate-limit.ts'
import type { AnyRoute, Reply, RouteContext } from './route.ts'
import type { SealedBox } from './sealed-box.ts'
import { validateParts } from './validate.ts'

export type Platform = {
  db: Db
  clock: Clock
  authenticate: Authenticate
  limiter: RateLimiter
  policies: { general: RateLimitPolicy; login: RateLimitPolicy }
  boxes: { cursor: SealedBox; idempotency: SealedBox }
}

declare module 'fastify' {
  interface FastifyRequest {
    rawBody?: string
  }
  interface FastifyContextConfig {
    /** Set on every route; a route without it fails at boot. */
    permission?: string
  }
}

/** Mounts one operation: limits, who asks, permission, validation of all parts, idempotency, handler, answer. */
export function mountRoute(app: FastifyInstance, platform: Platform, route: AnyRoute): void {
  const schemas = inputSchemas(route)
  app.route({
    method: route.method,
    url: route.path,
    config: { permission: route.permission },
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    handler: async (request, reply) => {
      const viewer = await viewerOf(request.headers.authorization, platform.authenticate)
      const policy = route.rateLimit === 'login' ? platform.policies.login : platform.policies.general
      reply.headers(platform.limiter.take(policy, rateLimitKey(viewer, request.ip)))
      assertPermission(viewer, route.permission)
      const input = readInput(route, schemas, request)
      const run = async (db: Db) =>
        render(route, await route.handle(contextOf(platform, route, request, { db, viewer, ...input })))
      return send(request, reply, await maybeIdempotent(platform, route, request, viewer, run))
    },
  })
}

type InputSchemas = { params: z.ZodType; query: z.ZodType; body: z.ZodType }
type Input = Pick<RouteContext<unknown, unknown, unknown>, 'params' | 'query' | 'body' | 'ifMatch'>

function readInput(route: AnyRoute, schemas: InputSchemas, request: FastifyRequest): Input {
  const ifMatch = readIfMatch(request.headers['if-match'], route.ifMatch === 'required')
  const [params, query, body] = validateParts([
    { location: 'path', schema: schemas.params, value: request.params },
    { location: 'query', schema: schemas.query, value: request.query },
    { location: 'body', schema: schemas.body, value: request.body ?? undefined },
  ])
  return { params, query, body, ifMatch }
}

function contextOf(
  platform: Platform,
  route: AnyRoute,
  request: FastifyRequest,
  known: Input & { db: Db; viewer: Viewer },
): RouteContext<unknown, unknown, unknown> {
  const { viewer } = known
  const nowMs = platform.clock.now().getTime()
  return {
    ...known,
    get actor() {
      return isSignedIn(viewer) ? viewer : impossible(`${route.operationId} needs a signed-in actor`)
    },
    pager: pager(platform.boxes.cursor, route.operationId, known.query as Record<string, unknown>, nowMs),
    ip: request.ip,
    requestId: request.id,
  }
}

/** Unknown fields are refused everywhere; a POST without body schema takes no body or an empty object. */
function inputSchemas(route: AnyRoute): InputSchemas {
  const strict = (schema: z.ZodType | undefined) =>
    schema instanceof z.ZodObject ? schema.strict() : (schema ?? z.strictObject({}))
  const body = route.body === undefined ? z.strictObject({}).optional() : strict(route.body)
  return { params: strict(route.params), query: strict(route.query), body: route.method === 'GET' ? z.any() : body }
}

async function maybeIdempotent(
  platform: Platform,
  route: AnyRoute,
  request: FastifyRequest,
  viewer: Viewer,
  run: (db: Db) => Promise<StoredReply>,
): Promise<StoredReply> {
  const mode = route.idempotency ?? 'optional'
  if (route.method !== 'POST' || mode === 'none') return run(platform.db)
  const header = request.headers['idempotency-key']
  const key = readIdempotencyKey(Array.isArray(header) ? header[0] : header, mode === 'required')
  if (key === undefined) return run(platform.db)
  const idempotentRequest = {
    principal: isSignedIn(viewer) ? viewer.userId : 'anonymous',
    route: route.operationId,
    key,
    method: request.method,
    url: request.url,
    rawBody: request.rawBody ?? '',
  }
  return runIdempotent({ db: platform.db, box: platform.boxes.idempotency }, idempotentRequest, run)
}

/** Checks the answer against its schema, which also drops every field that the schema does not name. */
function render(route: AnyRoute, reply: Reply<unknown>): StoredReply {
  const headers: Record<string, string> = { ...reply.headers }
  if (reply.etag !== undefined) headers.etag = reply.etag
  if (route.response === undefined) return { status: reply.status ?? 204, headers, body: undefined }
  const body = JSON.stringify(route.response.parse(reply.body))
  return { status: reply.status ?? route.status ?? 200, headers, body }
}

function send(request: FastifyRequest, reply: FastifyReply, { status, headers, body }: StoredReply): FastifyReply {
  reply.headers(headers)
  const isSame = headers.etag !== undefined && request.headers['if-none-match']?.includes(headers.etag) === true
  if (isSame && request.method === 'GET') return reply.code(304).send()
  if (body === undefined) return reply.code(status).send()
  return reply.code(status).type('application/json; charset=utf-8').send(body)
}
