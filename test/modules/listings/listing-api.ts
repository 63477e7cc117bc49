import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import { mountRoute, type Platform } from '../../../src/http/mount.ts'
import { rateLimiter } from '../../../src/http/rate-limit.ts'
import { type AnyRoute, routeCollector } from '../../../src/http/route.ts'
import { sealedBox } from '../../../src/http/sealed-box.ts'
import { httpServer } from '../../../src/http/server.ts'
import type { Clock } from '../../../src/kernel/clock.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { listingRoutes } from '../../../src/modules/listings/routes.ts'
import { silentLog } from '../../support/db.ts'
import { call, type HttpClient } from '../../support/http.ts'
import { testVault } from '../../support/vault.ts'
import { allKinds } from './kinds.ts'
import { type Place, usePlace } from './place.ts'

export type ListingApi = {
  readonly place: Place
  /** Requests of this principal, whose user id is its token; without one nobody is signed in. */
  as(actor?: Principal): HttpClient
}

/** The routes of all kinds without the contents of a database. */
export function listingApiRoutes(clock: Clock): AnyRoute[] {
  const { api, routes } = routeCollector()
  for (const kind of allKinds) listingRoutes(api, { clock, vault: testVault }, kind)
  return routes
}

/** The routes of all kinds on an empty database. */
export function useListingApi(): ListingApi {
  const place = usePlace()
  const clock: Clock = { now: () => place.clock.now() }
  const signedIn = new Map<string, Principal>()
  let app: FastifyInstance
  beforeAll(async () => {
    app = httpServer({ publicUrl: 'http://test', log: silentLog, hasBackpressure: false })
    const platform = platformOn(place, clock, async (token) => signedIn.get(token))
    for (const route of listingApiRoutes(clock)) mountRoute(app, platform, route)
    await app.ready()
  })
  afterAll(() => app?.close())
  return {
    place,
    as: (actor) => {
      if (!actor) return call(app)
      signedIn.set(actor.userId, actor)
      return call(app).as(actor.userId)
    },
  }
}

function platformOn(place: Place, clock: Clock, authenticate: Platform['authenticate']): Platform {
  const policy = { name: 'default', limit: 100_000, windowMs: 60_000 }
  return {
    db: place.deps.db,
    clock,
    authenticate,
    limiter: rateLimiter(() => clock.now().getTime()),
    policies: { general: policy, login: policy },
    boxes: { cursor: sealedBox('k'.repeat(32), 'cursor'), idempotency: sealedBox('k'.repeat(32), 'idempotency') },
  }
}
