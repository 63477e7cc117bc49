import { z } from 'zod'
import { type Components, type Json, jsonSchema } from './json-schema.ts'
import type { AnyRoute } from './route.ts'

/** One parameter for each field of a path or query schema. */
export function inputParameters(
  location: 'path' | 'query',
  schema: z.ZodType | undefined,
  components: Components,
): Json[] {
  if (!(schema instanceof z.ZodObject)) return []
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', components) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: location,
    required: location === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }))
}

/** What the platform itself reads: Idempotency-Key, If-Match, If-None-Match. */
export function headerParameters(route: AnyRoute): Json[] {
  const found: Json[] = []
  if (route.method === 'POST' && route.idempotency !== 'none') {
    found.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: route.idempotency === 'required' || route.idempotency === 'own',
      description:
        route.idempotency === 'own'
          ? '16–255 letters, digits, "-" or "_". A repeat gets the first answer, at any later time.'
          : '16–255 letters, digits, "-" or "_". A repeat within 24 h gets the stored answer.',
      schema: { type: 'string', pattern: '^"?[A-Za-z0-9_-]{16,255}"?$' },
    })
  }
  if (route.ifMatch !== undefined) {
    found.push({
      name: 'If-Match',
      in: 'header',
      required: route.ifMatch === 'required',
      description: 'ETag of the version that you read.',
      schema: { type: 'string', pattern: '^"v\\d{1,9}(\\.[a-z]+)?"$' },
      example: '"v3"',
    })
  }
  return found
}
