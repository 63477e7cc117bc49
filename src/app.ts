import type { FastifyInstance } from 'fastify'
import type { Deps } from './deps.ts'
import { mountDocumentation } from './http/documentation.ts'
import { mountHealth, type Readiness } from './http/health.ts'
import { httpMetrics } from './http/metrics.ts'
import { mountRoute, type Platform } from './http/mount.ts'
import { type OpenApiDocument, openApiDocument } from './http/openapi.ts'
import { rateLimiter } from './http/rate-limit.ts'
import { type AnyRoute, routeCollector } from './http/route.ts'
import { sealedBox } from './http/sealed-box.ts'
import { httpServer } from './http/server.ts'
import { auctionRoutes } from './modules/auctions/routes.ts'
import { auditLogRoutes } from './modules/audit-log/routes.ts'
import { authenticate } from './modules/identity/index.ts'
import { identityRoutes } from './modules/identity/routes.ts'
import { listingRoutes } from './modules/listings/routes.ts'
import { marketRoutes } from './modules/markets/routes.ts'
import { matchingRoutes } from './modules/matching/routes.ts'
import { mailRoutes, notificationRoutes } from './modules/notifications/routes.ts'
import { reviewRoutes } from './modules/review/routes.ts'
import { savedSearchRoutes } from './modules/saved-searches/routes.ts'
import { searchRoutes } from './modules/search/routes.ts'
import { taxonomyRoutes } from './modules/taxonomy/routes.ts'
import { webhookRoutes } from './modules/webhooks/routes.ts'

export type AppOptions = {
  publicUrl: string
  secretKey: string
  version: string
  trustedProxies?: number
  rateLimitPerMinute: number
  loginLimitPerMinute: number
  hasBackpressure: boolean
  /** See Platform: servers trim, tests check. */
  answers: 'checked' | 'trimmed'
  readiness(): Promise<Readiness>
}

type RouteDeps = Pick<Deps, 'clock' | 'search' | 'listingKinds' | 'webhooks' | 'vault' | 'mailLinks'>

/** Every operation of the API. */
function collectRoutes(deps: RouteDeps): AnyRoute[] {
  const { api, routes } = routeCollector()
  identityRoutes(api, deps)
  marketRoutes(api)
  taxonomyRoutes(api)
  for (const kind of Object.values(deps.listingKinds)) listingRoutes(api, deps, kind)
  searchRoutes(api, deps)
  savedSearchRoutes(api, deps)
  matchingRoutes(api, deps)
  reviewRoutes(api, deps)
  auctionRoutes(api, deps)
  notificationRoutes(api, deps)
  mailRoutes(api, deps)
  webhookRoutes(api, deps)
  auditLogRoutes(api)
  return routes
}

/** The OpenAPI document of all operations; no handler runs, so nothing behind the ports is touched. */
export function describeApi(deps: RouteDeps, version: string): OpenApiDocument {
  return openApiDocument(collectRoutes(deps), version)
}

/** The whole HTTP side on given dependencies; listening is the server's business. */
export async function buildApp(deps: Deps, options: AppOptions): Promise<FastifyInstance> {
  const { publicUrl, version, hasBackpressure, trustedProxies } = options
  const app = httpServer({ publicUrl, log: deps.log, hasBackpressure, trustedProxies })
  const metrics = httpMetrics(app)
  mountHealth(app, { readiness: options.readiness, metrics })
  const routes = collectRoutes(deps)
  const platform = platformOf(deps, options)
  for (const route of routes) mountRoute(app, platform, route)
  await mountDocumentation(app, openApiDocument(routes, version))
  return app
}

function platformOf(deps: Deps, options: AppOptions): Platform {
  const minute = 60_000
  return {
    db: deps.db,
    clock: deps.clock,
    answers: options.answers,
    authenticate: authenticate(deps),
    limiter: rateLimiter(() => deps.clock.now().getTime()),
    policies: {
      general: { name: 'default', limit: options.rateLimitPerMinute, windowMs: minute },
      login: { name: 'login', limit: options.loginLimitPerMinute, windowMs: minute },
    },
    boxes: {
      cursor: sealedBox(options.secretKey, 'cursor'),
      idempotency: sealedBox(options.secretKey, 'idempotency'),
    },
  }
}
