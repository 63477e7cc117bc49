import { z } from 'zod'
import { schemaRegistry } from './schema-registry.ts'

export type Json = Record<string, unknown>

/** JSON Schema 2020-12 of a zod schema. Named schemas go to `components`; everything else is written in place. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const {
    $schema: _schema,
    $defs,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    metadata: schemaRegistry,
    override: (node) => tidy(node.zodSchema as unknown as z.ZodType, node.jsonSchema as Json),
  }) as Json
  const id = schemaRegistry.get(schema)?.id
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json)) {
    components[name] = pointToComponents(withoutId(definition as Json), name)
  }
  if (id === undefined) return pointToComponents(own, '')
  components[id] = pointToComponents(withoutId(own), id)
  return { $ref: `#/components/schemas/${id}` }
}

/** Adds what `.meta()` says, and drops limits and patterns that say nothing to a reader. */
function tidy(schema: z.ZodType, target: Json): void {
  const meta = z.globalRegistry.get(schema)
  if (meta?.openapi) {
    for (const key of Object.keys(target)) delete target[key]
    Object.assign(target, meta.openapi)
  }
  if (meta?.description) target.description = meta.description
  if (target.maximum === Number.MAX_SAFE_INTEGER) delete target.maximum
  if (target.minimum === Number.MIN_SAFE_INTEGER) delete target.minimum
  if (['date-time', 'date', 'uri', 'email'].includes(String(target.format))) delete target.pattern
}

function pointToComponents(value: Json, id: string): Json {
  const text = JSON.stringify(value)
    .replaceAll('"#/$defs/', '"#/components/schemas/')
    .replaceAll('"$ref":"#"', `"$ref":"#/components/schemas/${id}"`)
  return JSON.parse(text) as Json
}

function withoutId({ id: _id, $id: _fullId, ...rest }: Json): Json {
  return rest
}
