import type { z } from 'zod'
import type { Db } from '../db/client.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Permission } from '../kernel/permissions.ts'
import type { Principal, Viewer } from '../kernel/principal.ts'
import type { Pager } from './pagination.ts'
import type { AnyStream, RegisterStream } from './sse/stream-spec.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
type NoFields = z.ZodObject<Record<never, never>>

/** What a handler gets: parsed input, who asks, and the database handle to pass on. */
export type RouteContext<P, Q, B> = {
  /** The pool, or the transaction that also stores the answer under its Idempotency-Key. */
  db: Db
  viewer: Viewer
  /** The signed-in viewer; the permission of the route made sure that there is one, otherwise reading it throws. */
  readonly actor: Principal
  params: P
  query: Q
  body: B
  /** Row version from If-Match. */
  ifMatch: number | undefined
  /** Of a route whose `idempotency` is `own`: reading it elsewhere throws. */
  readonly idempotencyKey: string
  pager: Pager
  /** The Accept header, for the few answers that are also pages. */
  accept: string
  ip: string
  userAgent: string
  requestId: string
}

export type Reply<R> = {
  status?: number
  body: R
  etag?: string
  headers?: Record<string, string>
  /** Sent instead of the body: a whole page. */
  html?: string
}

/** One operation of the API: contract, permission and handler in one place. */
export type RouteSpec<
  P extends z.ZodType = NoFields,
  Q extends z.ZodType = NoFields,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodUndefined,
> = {
  operationId: string
  summary: string
  description?: string
  tag: string
  permission: Permission
  params?: P
  query?: Q
  body?: B
  /** 200 by default; 204 when there is no response schema. */
  status?: 200 | 201 | 202
  response?: R
  /**
   * POST only: `optional` by default; `required` where a double effect hurts; `none` where replay makes no sense; `own`
   * where the key is required and the use case keeps it with its own rows, because a transaction around it costs too much.
   */
  idempotency?: 'required' | 'optional' | 'none' | 'own'
  ifMatch?: 'required' | 'optional'
  /** Codes beyond the general ones, for the document. */
  errors?: readonly ErrorCode[]
  bodyLimit?: number
  /** Also takes a form and does not look at it: mail clients send one to unsubscribe (RFC 8058). */
  takesForm?: boolean
  /** Also answers as a page, when the reader prefers that. */
  hasPage?: boolean
  /** Counts against the narrow sign-in limit instead of the general one. */
  rateLimit?: 'login'
  example: { body?: z.input<B>; response?: z.input<R> }
  handle(context: RouteContext<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply<z.input<R>>>
}

/** A route whose types are erased, as the platform and the OpenAPI document see it. */
export type AnyRoute = Omit<RouteSpec<z.ZodType, z.ZodType, z.ZodType, z.ZodType>, 'example' | 'handle'> & {
  method: Method
  path: string
  example: { body?: unknown; response?: unknown }
  handle(context: RouteContext<unknown, unknown, unknown>): Promise<Reply<unknown>>
}

type Register = <
  P extends z.ZodType = NoFields,
  Q extends z.ZodType = NoFields,
  B extends z.ZodType = z.ZodUndefined,
  R extends z.ZodType = z.ZodUndefined,
>(
  path: string,
  spec: RouteSpec<P, Q, B, R>,
) => void

/** What a module's routes.ts registers on. */
export type Api = {
  get: Register
  post: Register
  patch: Register
  put: Register
  delete: Register
  /** A GET that stays open: server-sent events. */
  stream: RegisterStream
}

/** Everything that has a path. */
export type AnyOperation = AnyRoute | AnyStream

/** An Api that collects routes; app.ts mounts them and the OpenAPI document lists them. */
export function routeCollector(): { api: Api; routes: AnyRoute[]; streams: AnyStream[] } {
  const routes: AnyRoute[] = []
  const streams: AnyStream[] = []
  const register =
    (method: Method): Register =>
    (path, spec) => {
      routes.push({ ...(spec as unknown as AnyRoute), method, path })
    }
  return {
    routes,
    streams,
    api: {
      get: register('GET'),
      post: register('POST'),
      patch: register('PATCH'),
      put: register('PUT'),
      delete: register('DELETE'),
      stream: (path, spec) => {
        streams.push({ ...(spec as unknown as AnyStream), method: 'GET', path })
      },
    },
  }
}
