import type { ErrorCode } from '../kernel/errors.ts'
import { type Components, type Json, jsonSchema } from './json-schema.ts'
import { problemSchema } from './problem.ts'
import { problemCatalogue } from './problem-catalogue.ts'
import type { AnyRoute } from './route.ts'

const text = (description: string) => ({ description, schema: { type: 'string' } })

/** Headers that many answers share; every operation refers to them by name. */
export const sharedHeaders = {
  RateLimit: text('What is left and for how long; structured field of draft-ietf-httpapi-ratelimit-headers.'),
  'RateLimit-Policy': text('The limit that holds here; structured field of the same draft.'),
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 } },
  'X-Request-Id': text('Name this when you ask for help.'),
  'WWW-Authenticate': text('Bearer challenge.'),
  'Idempotency-Replayed': text('`true` when this is the stored answer of an earlier request.'),
  ETag: text('Strong ETag of the current version.'),
} as const
type HeaderName = keyof typeof sharedHeaders

/** The success, every status that the codes map to, and `default` for what any server may answer. */
export function responses(route: AnyRoute, codes: readonly ErrorCode[], components: Components): Json {
  return { ...success(route, components), ...failures(codes, components) }
}

export function failures(codes: readonly ErrorCode[], components: Components): Json {
  const schema = jsonSchema(problemSchema, 'output', components)
  const statuses = [...new Set(codes.map((code) => problemCatalogue[code].status))].sort((one, other) => one - other)
  const known = statuses.map((status) => {
    const own = codes.filter((code) => problemCatalogue[code].status === status)
    return [status, problem(status, own, schema)]
  })
  const other = { description: 'Any other failure.', content: { 'application/problem+json': { schema } } }
  return { ...Object.fromEntries(known), default: other }
}

/** What a problem looks like, for the schema of all of them. */
export function problemExample(): Json {
  const { status, title, retryable } = problemCatalogue.LEASE_LOST
  const requestId = '0199b2f4-3c1e-7a55-9d0b-6f1f0f3a2c11'
  return {
    type: 'https://queqiao.example.cn/problems/LEASE_LOST',
    title: title.en,
    status,
    detail: 'Somebody else has claimed the item since.',
    instance: `urn:request:${requestId}`,
    code: 'LEASE_LOST',
    requestId,
    retryable,
  }
}

function success(route: AnyRoute, components: Components): Json {
  const names: HeaderName[] = ['RateLimit', 'RateLimit-Policy', 'X-Request-Id']
  if (route.ifMatch !== undefined && route.response !== undefined) names.push('ETag')
  if (route.method === 'POST' && route.idempotency !== 'none') names.push('Idempotency-Replayed')
  const headers = refer(names)
  if (route.response === undefined) return { 204: { description: 'Done.', headers } }
  const example = route.example.response === undefined ? {} : { example: route.example.response }
  const content = { 'application/json': { schema: jsonSchema(route.response, 'output', components), ...example } }
  const page =
    route.hasPage === true ? { 'text/html': { schema: { type: 'string' }, example: '<!doctype html>…' } } : {}
  return { [route.status ?? 200]: { description: 'Success.', headers, content: { ...content, ...page } } }
}

function problem(status: number, codes: readonly ErrorCode[], schema: Json): Json {
  const names: HeaderName[] = []
  if (codes.some((code) => problemCatalogue[code].retryable)) names.push('Retry-After')
  if (status === 429) names.push('RateLimit', 'RateLimit-Policy')
  if (status === 401) names.push('WWW-Authenticate')
  if (status === 412) names.push('ETag')
  return {
    description: codes.join(', '),
    ...(names.length === 0 ? {} : { headers: refer(names) }),
    content: { 'application/problem+json': { schema } },
  }
}

export function refer(names: readonly HeaderName[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))
}
