import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { AppError } from '../kernel/errors.ts'

export type Readiness = { isReady: boolean; checks: Record<string, 'ok' | 'degraded' | 'failed'> }

export type HealthOptions = {
  readiness(): Promise<Readiness>
  metrics: Registry
}

/** /livez (the event loop alone), /readyz (database, schema, relay) and /metrics; no limits, no sign-in. */
export function mountHealth(app: FastifyInstance, options: HealthOptions): void {
  const config = { permission: 'public' }
  app.get('/livez', { config }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config }, async () => {
    const { isReady, checks } = await options.readiness()
    if (isReady) return { status: 'ready', checks }
    throw new AppError('UNAVAILABLE', 'Not ready to serve.', { details: { checks } })
  })
  app.get('/metrics', { config }, async (_request, reply) =>
    reply.type(options.metrics.contentType).send(await options.metrics.metrics()),
  )
}
