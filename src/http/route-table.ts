import type { FastifyInstance } from 'fastify'
import { AppError } from '../kernel/errors.ts'

type KnownRoute = { pattern: RegExp; method: string }

/**
 * Remembers every route, so that a path without the asked method answers 405 with Allow instead of 404. Default deny: a
 * route that declares no permission stops the boot instead of being open by accident.
 */
export function knowRoutes(app: FastifyInstance): void {
  const known: KnownRoute[] = []
  app.addHook('onRoute', (route) => {
    const isDeclared = route.config?.permission !== undefined || /^\/docs(\/|$)/.test(route.url)
    if (!isDeclared) throw new Error(`route ${route.method} ${route.url} declares no permission`)
    for (const method of [route.method].flat()) known.push({ pattern: patternOf(route.url), method })
  })
  // Before the body is read: nobody needs a parsed body to learn that there is no such route.
  app.addHook('onRequest', async (request) => {
    if (request.is404) refuse(known, request.method, request.url)
  })
  app.setNotFoundHandler((request) => refuse(known, request.method, request.url))
}

function refuse(known: readonly KnownRoute[], method: string, url: string): never {
  const path = url.split('?')[0] ?? ''
  const allowed = [...new Set(known.filter(({ pattern }) => pattern.test(path)).map((route) => route.method))]
  if (allowed.length === 0 || allowed.includes(method)) {
    throw new AppError('ROUTE_NOT_FOUND', `There is no ${method} ${path.slice(0, 200)}.`)
  }
  const allow = allowed.sort().join(', ')
  throw new AppError('METHOD_NOT_ALLOWED', `This path takes ${allow}.`, { headers: { allow } })
}

function patternOf(url: string): RegExp {
  const literal = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replace(/:\w+/g, '[^/]+').replaceAll('*', '.*')}$`)
}
