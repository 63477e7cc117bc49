import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { Deps } from './deps.ts'
import { mountDocumentation } from './http/documentation.ts'
import { mountHealth, type Readiness } from './http/health.ts'
import { httpMetrics, measureStreams } from './http/metrics.ts'
import { mountRoute, type Platform } from './http/mount.ts'
import { type OpenApiDocument, openApiDocument } from './http/openapi.ts'
import { rateLimiter } from './http/rate-limit.ts'
import { routeCollector } from './http/route.ts'
import { sealedBox } from './http/sealed-box.ts'
import { httpServer } from './http/server.ts'
import { mountStream } from './http/sse/mount-stream.ts'
import { openStreams } from './http/sse/open-streams.ts'
import { sharedReads } from './http/sse/shared-reads.ts'
import { type StreamTimings, streamTimings } from './http/sse/timings.ts'
import { applicationRoutes } from './modules/applications/routes.ts'
import { attachmentRoutes } from './modules/attachments/routes.ts'
import { auctionRoutes } from './modules/auctions/routes.ts'
import { auditLogRoutes } from './modules/audit-log/routes.ts'
import { brokerRoutes } from './modules/brokers/routes.ts'
import { dealRoutes } from './modules/deals/routes.ts'
import { deedRoutes } from './modules/deeds/routes.ts'
import { duplicateRoutes } from './modules/duplicates/routes.ts'
import { eligibilityLens } from './modules/eligibility/index.ts'
import { eligibilityRoutes } from './modules/eligibility/routes.ts'
import { enquiryRoutes } from './modules/enquiries/routes.ts'
import { evidenceRoutes } from './modules/evidence/routes.ts'
import { exportRoutes } from './modules/exports/routes.ts'
import { agreementRoutes } from './modules/framework-agreements/routes.ts'
import { authenticate, streamAccess } from './modules/identity/index.ts'
import { identityRoutes } from './modules/identity/routes.ts'
import { importRoutes } from './modules/imports/routes.ts'
import { introductionRoutes } from './modules/introductions/routes.ts'
import { jointDemandRoutes } from './modules/joint-demands/routes.ts'
import { licenceRoutes } from './modules/licences/routes.ts'
import type { ListingKind, ListLens } from './modules/listings/index.ts'
import { listingRoutes } from './modules/listings/routes.ts'
import { marketRoutes } from './modules/markets/routes.ts'
import { matchingRoutes } from './modules/matching/routes.ts'
import { mailRoutes, notificationRoutes } from './modules/notifications/routes.ts'
import { operationsRoutes } from './modules/operations/routes.ts'
import { policyRoutes } from './modules/policies/routes.ts'
import { reviewRoutes } from './modules/review/routes.ts'
import { riskPoolRoutes } from './modules/risk-sharing/routes.ts'
import { savedSearchRoutes } from './modules/saved-searches/routes.ts'
import { searchRoutes } from './modules/search/routes.ts'
import { statisticsRoutes } from './modules/statistics/routes.ts'
import { taxonomyRoutes } from './modules/taxonomy/routes.ts'
import { webhookRoutes } from './modules/webhooks/routes.ts'
import { queueNames } from './registry.ts'

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
  /** See ServerOptions. */
  isDraining?(): boolean
  /** Adds to /metrics what only the process around the app knows. */
  registerMetrics?(registry: Registry): void
  /** In place of those of production, for tests. */
  streamTimings?: Partial<StreamTimings>
}

type RouteDeps = Pick<
  Deps,
  | 'clock'
  | 'jobs'
  | 'search'
  | 'listingKinds'
  | 'webhooks'
  | 'vault'
  | 'mailLinks'
  | 'live'
  | 'files'
  | 'attachmentLinks'
>

/** Every operation of the API. */
function collectRoutes(deps: RouteDeps) {
  const { api, routes, streams } = routeCollector()
  identityRoutes(api, deps)
  evidenceRoutes(api, deps)
  marketRoutes(api)
  taxonomyRoutes(api)
  attachmentRoutes(api, deps)
  const lenses: Partial<Record<ListingKind, ListLens>> = { finance_product: eligibilityLens(deps) }
  for (const kind of Object.values(deps.listingKinds)) {
    listingRoutes(api, { ...deps, lens: lenses[kind.kind] }, kind)
  }
  importRoutes(api, deps)
  exportRoutes(api, deps)
  duplicateRoutes(api, deps)
  jointDemandRoutes(api, deps)
  searchRoutes(api, deps)
  savedSearchRoutes(api, deps)
  matchingRoutes(api, deps)
  brokerRoutes(api, deps)
  eligibilityRoutes(api, deps)
  riskPoolRoutes(api, deps)
  agreementRoutes(api, deps)
  applicationRoutes(api, deps)
  policyRoutes(api, deps)
  reviewRoutes(api, deps)
  auctionRoutes(api, deps)
  licenceRoutes(api, deps)
  dealRoutes(api, deps)
  deedRoutes(api, deps)
  statisticsRoutes(api, deps)
  introductionRoutes(api, deps)
  enquiryRoutes(api, deps)
  notificationRoutes(api, deps)
  mailRoutes(api, deps)
  webhookRoutes(api, deps)
  auditLogRoutes(api, deps)
  operationsRoutes(api, { ...deps, queues: queueNames })
  return { routes, streams }
}

/** The OpenAPI document of all operations; no handler runs, so nothing behind the ports is touched. */
export function describeApi(deps: RouteDeps, version: string): OpenApiDocument {
  const { routes, streams } = collectRoutes(deps)
  return openApiDocument([...routes, ...streams], version)
}

/** The whole HTTP side on given dependencies; listening is the server's business. */
export async function buildApp(deps: Deps, options: AppOptions): Promise<FastifyInstance> {
  const { publicUrl, version, hasBackpressure, trustedProxies, isDraining } = options
  const app = httpServer({ publicUrl, log: deps.log, hasBackpressure, trustedProxies, isDraining })
  const metrics = httpMetrics(app)
  options.registerMetrics?.(metrics)
  mountHealth(app, { readiness: options.readiness, metrics })
  const { routes, streams } = collectRoutes(deps)
  const platform = platformOf(deps, options)
  for (const route of routes) mountRoute(app, platform, route)
  const open = openStreams(app)
  measureStreams(metrics, open)
  const { live, log } = deps
  const timings = { ...streamTimings, ...options.streamTimings }
  const streaming = { ...platform, live, log, open, timings, access: streamAccess(deps), share: sharedReads() }
  for (const stream of streams) mountStream(app, streaming, stream)
  await mountDocumentation(app, openApiDocument([...routes, ...streams], version))
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
