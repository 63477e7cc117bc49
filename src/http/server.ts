import { randomUUID } from 'node:crypto'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyReply } from 'fastify'
import { AppError } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { localeOf, type ProblemContext, toAppError, toProblem } from './problem.ts'
import { securityHeaders } from './security-headers.ts'

export type ServerOptions = {
  publicUrl: string
  log: Log
  /** Off in tests, where one process plays all parts. */
  hasBackpressure: boolean
}

/** A Fastify instance on which every answer that is not a success is problem+json and every timeout is set. */
export function httpServer(options: ServerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    disableRequestLogging: true,
    genReqId: (request) => requestId(request.headers['x-request-id']),
    bodyLimit: 1_048_576,
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    handlerTimeout: 10_000,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: true,
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply as FastifyReply, error, problemContext(options, request.id, request.headers['accept-language']))
    },
    routerOptions: { maxParamLength: 200 },
  })
  acceptEmptyJson(app)
  answerProblems(app, options)
  refuseUndeclaredRoutes(app)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    reply.header('x-request-id', request.id)
  })
  if (options.hasBackpressure) {
    // An event loop that lags half a second is overload; full use alone (utilisation 1.0) is not, so it has no limit.
    app.register(underPressure, { maxEventLoopDelay: 500, retryAfter: 1 })
  }
  return app
}

function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : randomUUID()
}

function problemContext(options: ServerOptions, id: string, acceptLanguage: string | undefined): ProblemContext {
  return { publicUrl: options.publicUrl, requestId: id, locale: localeOf(acceptLanguage) }
}

/** Keeps the raw bytes for the idempotency hash; an empty body is no body, because many clients send the type anyway. */
function acceptEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString()
    request.rawBody = text
    if (text === '') return done(null, undefined)
    parse(request, text, (error, value) => {
      if (error) done(new AppError('MALFORMED_JSON', malformedDetail(error.message), { cause: error }))
      else done(null, value)
    })
  })
}

function malformedDetail(message: string): string {
  if (/prototype|__proto__|constructor/i.test(message)) return 'The body has a forbidden property name.'
  const position = /position (\d+)/.exec(message)?.[1]
  return position === undefined
    ? 'The body is not valid JSON.'
    : `The body is not valid JSON (near position ${position}).`
}

function answerProblems(app: FastifyInstance, options: ServerOptions): void {
  app.setErrorHandler((error, request, reply) => {
    const refusal = toAppError(error)
    if (refusal.code === 'INTERNAL') {
      request.log.error(
        { requestId: request.id, route: request.routeOptions.url, err: safeError(refusal.cause) },
        'request failed',
      )
    }
    return sendProblem(reply, refusal, problemContext(options, request.id, request.headers['accept-language']))
  })
  app.setNotFoundHandler((request) => {
    const allowed = methodsFor(app, request.url)
    if (allowed.length === 0)
      throw new AppError('ROUTE_NOT_FOUND', `There is no ${request.method} ${request.url.split('?')[0]}.`)
    throw new AppError('METHOD_NOT_ALLOWED', `This path takes ${allowed.join(', ')}.`, {
      headers: { allow: allowed.join(', ') },
    })
  })
}

function sendProblem(reply: FastifyReply, error: unknown, context: ProblemContext): FastifyReply {
  const problem = toProblem(toAppError(error), context)
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .header('content-language', context.locale)
    .type('application/problem+json')
    .send(JSON.stringify(problem.body))
}

/** Name, message of the cause chain's end and stack; never drizzle's message, which holds SQL and parameters. */
function safeError(cause: unknown): object {
  if (!(cause instanceof Error)) return { name: typeof cause }
  const root = cause.cause instanceof Error ? cause.cause : cause
  return { name: root.name, message: root.message.slice(0, 500), stack: root.stack?.split('\n').slice(1, 8).join('\n') }
}

const knownRoutes = new WeakMap<FastifyInstance, { pattern: RegExp; method: string }[]>()

/** Default deny: a route that declares no permission stops the boot instead of being open by accident. */
function refuseUndeclaredRoutes(app: FastifyInstance): void {
  const known: { pattern: RegExp; method: string }[] = []
  knownRoutes.set(app, known)
  app.addHook('onRoute', (route) => {
    const isPlatform = route.config?.permission !== undefined || /^\/docs(\/|$)/.test(route.url)
    if (!isPlatform) throw new Error(`route ${route.method} ${route.url} declares no permission`)
    const pattern = new RegExp(`^${route.url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`)
    for (const method of [route.method].flat()) known.push({ pattern, method })
  })
}

function methodsFor(app: FastifyInstance, url: string): string[] {
  const path = url.split('?')[0] ?? ''
  const known = knownRoutes.get(app) ?? []
  return [...new Set(known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))]
}
