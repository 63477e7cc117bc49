import { z } from 'zod'

/** Schemas with a name of their own in the OpenAPI document. */
export const schemaRegistry = z.registry<{ id: string }>()
const taken = new Map<string, z.ZodType>()

/** Names a schema for the OpenAPI document. @throws on a second schema of the same name: the later would silently win. */
export function defineSchema<S extends z.ZodType>(id: string, schema: S): S {
  if (taken.has(id)) throw new Error(`two schemas are named ${id}`)
  taken.set(id, schema)
  schemaRegistry.add(schema, { id })
  return schema
}
