import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readIfMatch } from './if-match.ts'
import { localeOf } from './locale.ts'
import type { AnyRoute, RouteContext } from './route.ts'
import { validateParts } from './validate.ts'

export type InputSchemas = { params: z.ZodType; query: z.ZodType; body: z.ZodType }
export type Input = Pick<RouteContext<unknown, unknown, unknown>, 'params' | 'query' | 'body' | 'ifMatch'>

/** Unknown fields are refused everywhere; a route without body schema takes no body or an empty object. */
export function inputSchemas(route: AnyRoute): InputSchemas {
  const strict = (schema: z.ZodType | undefined) =>
    schema instanceof z.ZodObject ? schema.strict() : (schema ?? z.strictObject({}))
  const body = route.body === undefined ? z.strictObject({}).optional() : strict(route.body)
  return { params: strict(route.params), query: strict(route.query), body: route.method === 'GET' ? z.any() : body }
}

/** Everything that the caller sent, parsed. @throws VALIDATION_FAILED (400) with every failure of every part. */
export function readInput(route: AnyRoute, schemas: InputSchemas, request: FastifyRequest): Input {
  const ifMatch = readIfMatch(request.headers['if-match'], route.ifMatch === 'required')
  const [params, query, body] = validateParts(
    [
      { location: 'path', schema: schemas.params, value: request.params },
      { location: 'query', schema: schemas.query, value: request.query },
      { location: 'body', schema: schemas.body, value: request.body },
    ],
    localeOf(request.headers['accept-language']),
  )
  return { params, query, body, ifMatch }
}
