import { z } from 'zod'
import type { ErrorCode } from '../kernel/errors.ts'
import { type Json, jsonSchema } from './json-schema.ts'
import { problemSchema } from './problem.ts'
import { problemCatalogue } from './problem-catalogue.ts'
import type { AnyRoute } from './route.ts'

export type OpenApiDocument = Json & { paths: Record<string, Record<string, Json>>; components: Json }

const serverDescription =
  'Backend of a technology-transfer marketplace (科技大市场): listings, search, explained matches, broker review.'

/** The OpenAPI 3.1 document of the given routes, from the same zod schemas that validate them. */
export function openApiDocument(routes: readonly AnyRoute[], version: string): OpenApiDocument {
  const components: Json = {}
  const paths: OpenApiDocument['paths'] = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, components) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Queqiao 鹊桥 API',
      version,
      description: serverDescription,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server' }],
    tags: [...new Set(routes.map((route) => route.tag))].sort().map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'Access token of a session, or an API key.' },
      },
    },
  }
}

function operation(route: AnyRoute, components: Json): Json {
  const isPublic = problemFree(route)
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    tags: [route.tag],
    security: isPublic ? [{}, { bearer: [] }] : [{ bearer: [] }],
    'x-required-permission': route.permission,
    parameters: [
      ...parameters('path', route.params, components),
      ...parameters('query', route.query, components),
      ...headerParameters(route),
    ],
    ...(route.body === undefined ? {} : { requestBody: requestBody(route, components) }),
    responses: responses(route, components),
  }
}

const publicPermissions = new Set([
  'session.create',
  'organisation.register',
  'market.read',
  'taxonomy.read',
  'listing.read',
  'search.read',
])
const problemFree = (route: AnyRoute) => publicPermissions.has(route.permission)

function parameters(location: 'path' | 'query', schema: z.ZodType | undefined, components: Json): Json[] {
  if (!(schema instanceof z.ZodObject)) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', components) as {
    properties?: Json
    required?: string[]
  }
  return Object.entries(properties as Record<string, Json>).map(([name, { description, ...rest }]) => ({
    name,
    in: location,
    required: location === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }))
}

function headerParameters(route: AnyRoute): Json[] {
  const found: Json[] = []
  if (route.method === 'POST' && route.idempotency !== 'none') {
    found.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: route.idempotency === 'required',
      description: '16–255 letters, digits, "-" or "_". A repeat within 24 h gets the stored answer.',
      schema: { type: 'string', pattern: '^"?[A-Za-z0-9_-]{16,255}"?$' },
    })
  }
  if (route.ifMatch !== undefined) {
    found.push({
      name: 'If-Match',
      in: 'header',
      required: route.ifMatch === 'required',
      description: 'ETag of the version that you read.',
      schema: { type: 'string' },
    })
  }
  return found
}

function requestBody(route: AnyRoute, components: Json): Json {
  const schema = jsonSchema(route.body ?? z.never(), 'input', components)
  return {
    required: true,
    content: {
      'application/json': { schema, ...(route.example.body === undefined ? {} : { example: route.example.body }) },
    },
  }
}

function responses(route: AnyRoute, components: Json): Json {
  const success =
    route.response === undefined
      ? { 204: { description: 'Done.' } }
      : {
          [route.status ?? 200]: {
            description: 'Success.',
            headers: successHeaders(route),
            content: {
              'application/json': {
                schema: jsonSchema(route.response, 'output', components),
                ...(route.example.response === undefined ? {} : { example: route.example.response }),
              },
            },
          },
        }
  const schema = jsonSchema(problemSchema, 'output', components)
  const problem = (description: string) => ({ description, content: { 'application/problem+json': { schema } } })
  const byStatus = new Map<number, string[]>()
  for (const code of failureCodes(route)) {
    const { status } = problemCatalogue[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const failures = Object.fromEntries([...byStatus].map(([status, codes]) => [status, problem(codes.join(', '))]))
  return { ...success, ...failures, default: problem('Any other failure.') }
}

function successHeaders(route: AnyRoute): Json {
  const rate = { description: 'Structured field, draft-ietf-httpapi-ratelimit-headers.', schema: { type: 'string' } }
  const etag = { description: 'Strong ETag of the version shown.', schema: { type: 'string' } }
  return { RateLimit: rate, 'RateLimit-Policy': rate, ...(route.ifMatch !== undefined ? { ETag: etag } : {}) }
}

function failureCodes(route: AnyRoute): ErrorCode[] {
  const codes: ErrorCode[] = ['VALIDATION_FAILED', 'RATE_LIMITED', 'UNAUTHENTICATED']
  if (!problemFree(route)) codes.push('FORBIDDEN')
  if (route.params !== undefined) codes.push('NOT_FOUND')
  if (route.ifMatch !== undefined) codes.push('PRECONDITION_FAILED')
  if (route.ifMatch === 'required') codes.push('PRECONDITION_REQUIRED')
  if (route.method === 'POST' && route.idempotency !== 'none')
    codes.push('IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED')
  return [...new Set([...codes, ...(route.errors ?? [])])]
}
