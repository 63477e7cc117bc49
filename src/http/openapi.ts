import type { ErrorCode } from '../kernel/errors.ts'
import { grants } from '../kernel/permissions.ts'
import { type Components, type Json, jsonSchema, mergeComponents } from './json-schema.ts'
import { headerParameters, inputParameters } from './openapi-parameters.ts'
import { problemExample, responses, sharedHeaders } from './openapi-responses.ts'
import { tagList } from './openapi-tags.ts'
import type { AnyRoute } from './route.ts'

export type OpenApiDocument = Json & { paths: Record<string, Record<string, Json>>; components: Json }

const serverDescription =
  'Backend of a technology-transfer marketplace (科技大市场): listings, search, explained matches, broker review.'

/** The OpenAPI 3.1 document of the given routes, from the same zod schemas that validate them. */
export function openApiDocument(routes: readonly AnyRoute[], version: string): OpenApiDocument {
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

function operation(route: AnyRoute, components: Components): Json {
  const parameters = [
    ...inputParameters('path', route.params, components),
    ...inputParameters('query', route.query, components),
    ...headerParameters(route),
  ]
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    tags: [route.tag],
    security: isPublic(route) ? [{}, { bearer: [] }] : [{ bearer: [] }],
    'x-required-permission': route.permission,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined ? {} : { requestBody: requestBody(route, components) }),
    responses: responses(route, failureCodes(route), components),
  }
}

const isPublic = (route: AnyRoute) => grants.anonymous.includes(route.permission)

function requestBody(route: AnyRoute, components: Components): Json {
  const schema = route.body === undefined ? {} : jsonSchema(route.body, 'input', components)
  const isRequired = route.body?.safeParse(undefined).success !== true
  // An optional body needs no example of its own: nothing at all is one.
  const example = route.example.body ?? (isRequired ? undefined : {})
  const shown = example === undefined ? {} : { example }
  return { required: isRequired, content: { 'application/json': { schema, ...shown } } }
}

function failureCodes(route: AnyRoute): ErrorCode[] {
  const codes: ErrorCode[] = ['VALIDATION_FAILED', 'UNAUTHENTICATED', 'RATE_LIMITED', 'UNAVAILABLE']
  if (route.method !== 'GET') codes.push('MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE')
  if (!isPublic(route)) codes.push('FORBIDDEN')
  if (route.params !== undefined) codes.push('NOT_FOUND')
  if (route.ifMatch !== undefined) codes.push('PRECONDITION_FAILED')
  if (route.ifMatch === 'required') codes.push('PRECONDITION_REQUIRED')
  if (route.method === 'POST' && route.idempotency !== 'none') {
    codes.push('IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_KEY_REUSED')
    if (route.idempotency === 'required' || route.idempotency === 'own') codes.push('IDEMPOTENCY_KEY_REQUIRED')
  }
  return [...new Set([...codes, ...(route.errors ?? [])])]
}
