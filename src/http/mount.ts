import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Origin, withOrigin } from '../audit/origin.ts'
import type { Db } from '../db/client.ts'
import { impossible } from '../kernel/assert.ts'
import type { Clock } from '../kernel/clock.ts'
import { isSignedIn, type Viewer } from '../kernel/principal.ts'
import { type Attributes, inSpan, type SpanRequest } from '../kernel/tracing.ts'
import { admit, type Limits } from './admit.ts'
import { type Authenticate, actorOf, assertPermission, viewerOf } from './auth.ts'
import { type KeepDeclared, keepDeclared } from './declared-fields.ts'
import { type FileAnswer, mediaTypesOf, uploadOf } from './files.ts'
import { readIdempotencyKey, runIdempotent, type StoredReply } from './idempotency.ts'
import { type Pager, pager } from './pagination.ts'
import { acceptFiles, forgetFile, receiveFile } from './receive-file.ts'
import type { AnyRoute, Reply, RouteContext } from './route.ts'
import { type Input, inputSchemas, readInput } from './route-input.ts'
import type { SealedBox } from './sealed-box.ts'
import { sendFile } from './send-file.ts'

export type Platform = Limits & {
  db: Db
  clock: Clock
  authenticate: Authenticate
  boxes: { cursor: SealedBox; idempotency: SealedBox }
  /** `checked` parses every answer by its schema and fails on a wrong one; `trimmed` only drops undeclared fields. */
  answers?: 'checked' | 'trimmed'
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of a JSON body, for the idempotency hash. */
    rawBody?: Uint8Array
  }
  interface FastifyContextConfig {
    /** Set on every route; a route without it fails at boot. */
    permission?: string
    /** Stays open: its duration says nothing about the server. */
    isStream?: boolean
  }
}

/** Mounts one operation: limits, who asks, permission, validation of all parts, idempotency, handler, answer. */
export function mountRoute(app: FastifyInstance, platform: Platform, route: AnyRoute): void {
  const upload = uploadOf(route.body)
  if (route.takesForm !== true && upload === undefined) {
    mount(app, platform, route)
    return
  }
  app.register(async (scope) => {
    if (upload === undefined) {
      scope.addContentTypeParser(formTypes, { parseAs: 'buffer' }, (_request, _bytes, done) => done(null, undefined))
    } else acceptFiles(scope)
    mount(scope, platform, route)
  })
}

/** As long as a file of 50 MB may take on a slow line. */
const uploadTimeoutMs = 120_000

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data']

function mount(app: FastifyInstance, platform: Platform, route: AnyRoute): void {
  const schemas = inputSchemas(route)
  const shapeAnswer = answerShaper(platform, route)
  app.route({
    method: route.method,
    url: route.path,
    config: { permission: route.permission },
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    ...(uploadOf(route.body) && { handlerTimeout: uploadTimeoutMs }),
    handler: (request, reply) => inSpan(spanOf(route, request, reply), () => answer(request, reply)),
  })

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { rateLimit } = route
    const viewer = await admit(platform, { request, reply, rateLimit }, () =>
      viewerOf(request.headers.authorization, platform.authenticate),
    )
    assertPermission(viewer, route.permission)
    return withOrigin(originOf(request, viewer), () =>
      withFile(route, request, async () => {
        const input = readInput(route, schemas, request)
        return answerTo(platform, route, { request, reply, viewer, input, shapeAnswer })
      }),
    )
  }
}

function spanOf(route: AnyRoute, request: FastifyRequest, reply: FastifyReply): SpanRequest {
  const { traceparent } = request.headers
  return {
    ...{ name: `${route.method} ${route.path}`, kind: 'server' },
    parent: typeof traceparent === 'string' ? traceparent : undefined,
    attributes: { 'http.request.method': route.method, 'http.route': route.path, 'queqiao.request_id': request.id },
    // A refusal is answered later, by the error handler; its code is the span's error.type.
    atEnd: (): Attributes => (reply.sent ? { 'http.response.status_code': reply.statusCode } : {}),
  }
}

type Asked = {
  request: FastifyRequest
  reply: FastifyReply
  viewer: Viewer
  input: Input
  shapeAnswer: KeepDeclared | undefined
}

/** Files are sent as they are read; everything else is rendered first, so that it can be stored under an Idempotency-Key. */
async function answerTo(platform: Platform, route: AnyRoute, asked: Asked): Promise<FastifyReply> {
  const { request, reply, viewer, input, shapeAnswer } = asked
  const handle = (db: Db) => route.handle(contextOf(platform, route, request, { db, viewer, ...input }))
  if (mediaTypesOf(route.response)) return sendFile(reply, (await handle(platform.db)) as Reply<FileAnswer>)
  const run = async (db: Db) => render(route, shapeAnswer, await handle(db))
  return send(request, reply, await maybeIdempotent(platform, route, request, viewer, run))
}

function originOf({ id: requestId, ip }: FastifyRequest, viewer: Viewer): Origin {
  return { requestId, ip, orgId: isSignedIn(viewer) ? viewer.orgId : undefined }
}

/** Takes in the file of a route that wants one, and removes it when the request is done with. */
async function withFile<T>({ body }: AnyRoute, request: FastifyRequest, run: () => Promise<T>): Promise<T> {
  const upload = uploadOf(body)
  if (upload === undefined) return run()
  const file = await receiveFile(request, upload)
  request.body = file
  try {
    return await run()
  } finally {
    await forgetFile(file)
  }
}

function contextOf(
  platform: Platform,
  route: AnyRoute,
  request: FastifyRequest,
  known: Input & { db: Db; viewer: Viewer },
): RouteContext<unknown, unknown, unknown> {
  const { viewer, params, query } = known
  let ownPager: Pager | undefined
  return {
    ...known,
    get actor() {
      return actorOf(viewer, route)
    },
    get idempotencyKey() {
      return keyOf(request, true) ?? impossible('a required key is never missing')
    },
    get pager() {
      const list = { operationId: route.operationId, params, query }
      ownPager ??= pager(platform.boxes.cursor, list, platform.clock.now().getTime())
      return ownPager
    },
    accept: request.headers.accept ?? '',
    ip: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    requestId: request.id,
  }
}

async function maybeIdempotent(
  platform: Platform,
  route: AnyRoute,
  request: FastifyRequest,
  viewer: Viewer,
  run: (db: Db) => Promise<StoredReply>,
): Promise<StoredReply> {
  const mode = route.idempotency ?? 'optional'
  if (route.method !== 'POST' || mode === 'none' || mode === 'own') return run(platform.db)
  const key = keyOf(request, mode === 'required')
  if (key === undefined) return run(platform.db)
  const idempotentRequest = {
    principal: isSignedIn(viewer) ? viewer.userId : 'anonymous',
    route: route.operationId,
    key,
    method: request.method,
    url: request.url,
    rawBody: request.rawBody ?? new Uint8Array(),
  }
  return runIdempotent({ db: platform.db, box: platform.boxes.idempotency }, idempotentRequest, run)
}

function keyOf(request: FastifyRequest, isRequired: boolean): string | undefined {
  const header = request.headers['idempotency-key']
  return readIdempotencyKey(Array.isArray(header) ? header[0] : header, isRequired)
}

/** Either way, no field leaves that the schema of the answer does not name. */
function answerShaper(platform: Platform, { response }: AnyRoute): KeepDeclared | undefined {
  if (response === undefined) return undefined
  return platform.answers === 'trimmed' ? keepDeclared(response) : (body) => response.parse(body)
}

function render(route: AnyRoute, shapeAnswer: KeepDeclared | undefined, reply: Reply<unknown>): StoredReply {
  const headers: Record<string, string> = { ...reply.headers }
  if (reply.etag !== undefined) headers.etag = reply.etag
  if (reply.html !== undefined) return page(reply.html, reply.status ?? 200, headers)
  if (shapeAnswer === undefined) return { status: reply.status ?? 204, headers, body: undefined }
  const body = JSON.stringify(shapeAnswer(reply.body))
  return { status: reply.status ?? route.status ?? 200, headers, body }
}

/** A page of ours carries its styles and nothing else: no script, no picture, nothing from elsewhere. */
function page(html: string, status: number, headers: Record<string, string>): StoredReply {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
  const own = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }
  return { status, headers: { ...headers, ...own }, body: html }
}

function send(request: FastifyRequest, reply: FastifyReply, { status, headers, body }: StoredReply): FastifyReply {
  reply.headers(headers)
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (isRead && isSameVersion(request.headers['if-none-match'], headers.etag)) return reply.code(304).send()
  if (body === undefined) return reply.code(status).send()
  return reply
    .code(status)
    .type(headers['content-type'] ?? 'application/json; charset=utf-8')
    .send(body)
}

/** If-None-Match compares weakly (RFC 9110 13.1.2): a proxy may have turned our strong ETag into a weak one. */
function isSameVersion(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false
  return ifNoneMatch.trim() === '*' || ifNoneMatch.includes(etag)
}
