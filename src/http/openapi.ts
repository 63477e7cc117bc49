import type { ErrorCode } from '../kernel/errors.ts'
import { grants } from '../kernel/permissions.ts'
import { uploadOf } from './files.ts'
import { type Components, type Json, jsonSchema, mergeComponents } from './json-schema.ts'
import { headerParameters, inputParameters } from './openapi-parameters.ts'
import { filesOf, problemExample, responses, sharedHeaders } from './openapi-responses.ts'
import { streamOperation } from './openapi-streams.ts'
import { tagList } from './openapi-tags.ts'
import type { AnyOperation, AnyRoute } from './route.ts'
import type { AnyStream } from './sse/stream-spec.ts'

export type OpenApiDocument = Json & { paths: Record<string, Record<string, Json>>; components: Json }

const serverDescription =
  'Backend of a technology-transfer marketplace (科技大市场): listings, search, explained matches, broker review.'

/** The OpenAPI 3.1 document of the given routes, from the same zod schemas that validate them. */
export function openApiDocument(routes: readonly AnyOperation[], version: string): OpenApiDocument {
  const components: Components = { input: {}, output: {} }
  const found: OpenApiDocument['paths'] = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    found[path] = { ...found[path], [route.method.toLowerCase()]: operation(route, components) }
  }
  const { document: paths, schemas } = mergeComponents(found, components)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Queqiao 鹊桥 API',
      version,
      description: serverDescription,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This server' }],
    tags: tagList(routes.map((route) => route.tag)),
    paths,
    components: {
      schemas: { ...schemas, Problem: { ...(schemas.Problem as Json), examples: [problemExample()] } },
      headers: usedHeaders(paths),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'Access token of a session, or an API key.' },
        ...(routes.some(isStream) && { streamTicket }),
      },
    },
  }
}

function usedHeaders(paths: Json): Json {
  const text = JSON.stringify(paths)
  return Object.fromEntries(
    Object.entries(sharedHeaders).filter(([name]) => text.includes(`"#/components/headers/${name}"`)),
  )
}

function operation(route: AnyOperation, components: Components): Json {
  const shared = {
    operationId: route.operationId,
    summary: route.summary,
    tags: [route.tag],
    'x-required-permission': route.permission,
  }
  const codes = failureCodes(route)
  const free = isPublic(route) ? [{}] : []
  if (isStream(route)) {
    return {
      ...shared,
      security: [...free, { bearer: [] }, { streamTicket: [] }],
      ...streamOperation(route, codes, components),
    }
  }
  const parameters = [
    ...inputParameters('path', route.params, components),
    ...inputParameters('query', route.query, components),
    ...headerParameters(route),
  ]
  return {
    ...shared,
    security: [...free, { bearer: [] }],
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: requestBody(route, components) }),
    responses: responses(route, codes, components),
  }
}

const isStream = (route: AnyOperation): route is AnyStream => 'events' in route

const streamTicket = { type: 'apiKey', in: 'query', name: 'ticket', description: 'One-time ticket for a stream.' }

const isPublic = (route: AnyOperation) => grants.anonymous.includes(route.permission)

function requestBody(route: AnyRoute, components: Components): Json {
  const upload = uploadOf(route.body)
  if (upload) return { required: true, content: filesOf(upload.mediaTypes) }
  const schema = route.body === undefined ? {} : jsonSchema(route.body, 'input', components)
  const isRequired = route.body?.safeParse(undefined).success !== true
  // An optional body needs no example of its own: nothing at all is one.
  const example = route.example.body ?? (isRequired ? undefined : {})
  const shown = example === undefined ? {} : { example }
  return { required: isRequired, content: { 'application/json': { schema, ...shown } } }
}

function failureCodes(route: AnyOperation): ErrorCode[] {
  const codes: ErrorCode[] = ['VALIDATION_FAILED', 'UNAUTHENTICATED', 'RATE_LIMITED', 'UNAVAILABLE']
  const own = isStream(route) ? [] : requestCodes(route)
  if (!isPublic(route)) codes.push('FORBIDDEN')
  if (route.params !== undefined) codes.push('NOT_FOUND')
  return [...new Set([...codes, ...own, ...(route.errors ?? [])])]
}

/** What can be wrong with a request that changes something. */
function requestCodes(route: AnyRoute): ErrorCode[] {
  const codes: ErrorCode[] = []
  if (route.method !== 'GET') codes.push('MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE')
  if (route.ifMatch !== undefined) codes.push('PRECONDITION_FAILED')
  if (route.ifMatch === 'required') codes.push('PRECONDITION_REQUIRED')
  if (route.method === 'POST' && route.idempotency !== 'none') {
    codes.push('IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED')
    if (route.idempotency === 'required' || route.idempotency === 'own') codes.push('IDEMPOTENCY_KEY_REQUIRED')
  }
  return codes
}
