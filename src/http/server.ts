import { randomUUID } from 'node:crypto'
import underPressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance, type FastifyReply, LogController } from 'fastify'
import { AppError } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { acceptJson } from './json-body.ts'
import { answerProblems, sendProblem } from './problem-answer.ts'
import { knowRoutes } from './route-table.ts'
import { securityHeaders } from './security-headers.ts'
import { fastifyLog } from './server-log.ts'
import { endUnusedConnections } from './unused-connections.ts'

export type ServerOptions = {
  publicUrl: string
  log: Log
  /** Off in tests, where one process plays all parts. */
  hasBackpressure: boolean
  /** 10 s by default; after it a handler that still runs is answered for with 503. */
  handlerTimeoutMs?: number
  /** How many reverse proxies stand before this server; their X-Forwarded-For tells who calls. 0 trusts nobody. */
  trustedProxies?: number
  /** From then on each answer ends its connection, so that clients are gone from it before the server closes. */
  isDraining?: () => boolean
}

/** A Fastify instance on which every answer that is not a success is problem+json and every timeout is set. */
export function httpServer(options: ServerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: fastifyLog(options.log),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request) => requestId(request.headers['x-request-id']),
    bodyLimit: 1_048_576,
    trustProxy: (_address: string, hop: number) => hop < (options.trustedProxies ?? 0),
    // Files of 50 MB come in at 3.5 Mbit/s; other bodies are small, and a handler waits 10 s.
    requestTimeout: 120_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    handlerTimeout: options.handlerTimeoutMs ?? 10_000,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // Its answer is plain JSON; refuseWhileClosing answers with a problem instead.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      sendProblem(reply as FastifyReply, error, { publicUrl: options.publicUrl, request })
    },
    clientErrorHandler: (error, socket) => answerBrokenRequest(options.publicUrl, error, socket),
    routerOptions: { maxParamLength: 200 },
  })
  acceptJson(app)
  answerProblems(app, options)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(securityHeaders)
    reply.header('x-request-id', request.id)
  })
  if (options.isDraining) endConnectionsWhile(app, options.isDraining)
  refuseWhileClosing(app)
  endUnusedConnections(app)
  knowRoutes(app)
  if (options.hasBackpressure) refuseUnderPressure(app)
  return app
}

function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : randomUUID()
}

/** Without it a request could arrive on a kept connection at the moment in which the server closes it, and fail (OPS-2). */
function endConnectionsWhile(app: FastifyInstance, isDraining: () => boolean): void {
  app.addHook('onRequest', async (_request, reply) => {
    if (isDraining()) reply.header('connection', 'close')
  })
}

/** Requests that arrive on open connections after close() began; those that were running before it finish. */
function refuseWhileClosing(app: FastifyInstance): void {
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })
  app.addHook('onRequest', async () => {
    if (!isClosing) return
    throw new AppError('UNAVAILABLE', 'The server is shutting down.')
  })
}

const healthPaths = new Set(['/livez', '/readyz', '/metrics'])

/** An event loop that lags half a second is overload; full use alone (utilisation 1.0) is not, so it has no limit. */
function refuseUnderPressure(app: FastifyInstance): void {
  app.register(underPressure, {
    maxEventLoopDelay: 500,
    // Health must answer exactly then: a restart by the supervisor would make the overload worse.
    pressureHandler: (request) => {
      if (healthPaths.has(request.routeOptions.url ?? '')) return
      throw new AppError('UNAVAILABLE', 'The server is busy.')
    },
  })
}
