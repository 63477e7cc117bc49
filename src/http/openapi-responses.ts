import type { ErrorCode } from '../kernel/errors.ts'
import { type Components, type Json, jsonSchema } from './json-schema.ts'
import { problemSchema } from './problem.ts'
import { problemCatalogue } from './problem-catalogue.ts'
import type { AnyRoute } from './route.ts'

/** The success, every status that the codes map to, and `default` for what any server may answer. */
export function responses(route: AnyRoute, codes: readonly ErrorCode[], components: Components): Json {
  const schema = jsonSchema(problemSchema, 'output', components)
  const statuses = [...new Set(codes.map((code) => problemCatalogue[code].status))].sort((one, other) => one - other)
  const failures = statuses.map((status) => {
    const own = codes.filter((code) => problemCatalogue[code].status === status)
    return [status, problem(status, own, schema)]
  })
  const other = { description: 'Any other failure.', content: { 'application/problem+json': { schema } } }
  return { ...success(route, components), ...Object.fromEntries(failures), default: other }
}

function success(route: AnyRoute, components: Components): Json {
  const headers = successHeaders(route)
  if (route.response === undefined) return { 204: { description: 'Done.', headers } }
  const example = route.example.response === undefined ? {} : { example: route.example.response }
  const content = { 'application/json': { schema: jsonSchema(route.response, 'output', components), ...example } }
  return { [route.status ?? 200]: { description: 'Success.', headers, content } }
}

const text = (description: string) => ({ description, schema: { type: 'string' } })
const rateLimitHeaders = {
  RateLimit: text('What is left and for how long; structured field of draft-ietf-httpapi-ratelimit-headers.'),
  'RateLimit-Policy': text('The limit that holds here; structured field of the same draft.'),
}
const retryAfter = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 0 } } }

function successHeaders(route: AnyRoute): Json {
  const isVersioned = route.ifMatch !== undefined && route.response !== undefined
  return {
    ...rateLimitHeaders,
    'X-Request-Id': text('Name this when you ask for help.'),
    ...(isVersioned ? { ETag: text('Strong ETag of the version shown.') } : {}),
    ...(route.method === 'POST' && route.idempotency !== 'none'
      ? { 'Idempotency-Replayed': text('`true` when this is the stored answer of an earlier request.') }
      : {}),
  }
}

function problem(status: number, codes: readonly ErrorCode[], schema: Json): Json {
  const [first = 'INTERNAL'] = codes
  const isRetryable = codes.some((code) => problemCatalogue[code].retryable)
  return {
    description: codes.join(', '),
    headers: {
      ...(isRetryable ? retryAfter : {}),
      ...(status === 429 ? rateLimitHeaders : {}),
      ...(status === 401 ? { 'WWW-Authenticate': text('Bearer challenge.') } : {}),
      ...(status === 412 ? { ETag: text('ETag of the current version.') } : {}),
    },
    content: { 'application/problem+json': { schema, example: problemExample(first) } },
  }
}

function problemExample(code: ErrorCode): Json {
  const { status, title, retryable } = problemCatalogue[code]
  const requestId = '0199b2f4-3c1e-7a55-9d0b-6f1f0f3a2c11'
  return {
    type: `https://queqiao.example.cn/problems/${code}`,
    title: title.en,
    status,
    detail: 'What went wrong with this request.',
    instance: `urn:request:${requestId}`,
    code,
    requestId,
    retryable,
  }
}
