import { z } from 'zod'
import { schemaRegistry } from './schema-registry.ts'

export type Json = Record<string, unknown>

/**
 * Named schemas found so far. What a client sends and what it gets are kept apart (a default makes a field optional in
 * one and certain in the other) until `mergeComponents` knows which are alike.
 */
export type Components = { input: Json; output: Json }

/** JSON Schema 2020-12 of a zod schema. Named schemas go to `components`; everything else is written in place. */
export function jsonSchema(schema: z.ZodType, io: keyof Components, components: Components): Json {
  const {
    $schema: _schema,
    $defs,
    ...own
  } = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    metadata: schemaRegistry,
    override: (node) => tidy(node.zodSchema as unknown as z.ZodType, node.jsonSchema as Json, io),
  }) as Json
  const id = schemaRegistry.get(schema)?.id
  for (const [name, definition] of Object.entries(($defs ?? {}) as Json)) {
    components[io][name] = pointToComponents(withoutId(definition as Json), io, name)
  }
  if (id === undefined) return pointToComponents(own, io, '')
  // A named schema comes either in place or, when zod moved it to $defs, as a bare reference to itself.
  if (own.$ref === undefined) components[io][id] = pointToComponents(withoutId(own), io, id)
  return { $ref: `#/components/${io}/${id}` }
}

/**
 * One `schemas` section for both: a name that reads differently as input is called `<name>Input` there.
 * @returns the document with every reference resolved to it, and the section itself.
 */
export function mergeComponents<D extends Json>(document: D, components: Components): { document: D; schemas: Json } {
  const differing = differingNames(components)
  const nameOf = (io: string, name: string) => (io === 'input' && differing.has(name) ? `${name}Input` : name)
  const resolve = <T>(value: T): T =>
    JSON.parse(
      JSON.stringify(value).replace(
        /"#\/components\/(input|output)\/(\w+)"/g,
        (_text, io: string, name: string) => `"#/components/schemas/${nameOf(io, name)}"`,
      ),
    ) as T
  const all = Object.entries(components).flatMap(([io, found]) =>
    Object.entries(found).map(([name, definition]) => [nameOf(io, name), resolve(definition)] as const),
  )
  all.sort(([one], [other]) => (one < other ? -1 : 1))
  return { document: resolve(document), schemas: Object.fromEntries(all) }
}

/** Names whose input and output differ, themselves or in what they refer to. */
function differingNames({ input, output }: Components): Set<string> {
  const shared = Object.keys(input).filter((name) => Object.hasOwn(output, name))
  const plain = (value: unknown) => JSON.stringify(value).replaceAll('"#/components/input/', '"#/components/output/')
  const differing = new Set(shared.filter((name) => plain(input[name]) !== plain(output[name])))
  const refersToDiffering = (name: string) =>
    [...JSON.stringify(input[name]).matchAll(/"#\/components\/input\/(\w+)"/g)].some(([, id = '']) => differing.has(id))
  for (let size = -1; size !== differing.size; ) {
    size = differing.size
    for (const name of shared) if (refersToDiffering(name)) differing.add(name)
  }
  return differing
}

/** Adds what `.meta()` says, and drops limits and patterns that say nothing to a reader. */
function tidy(schema: z.ZodType, target: Json, io: keyof Components): void {
  const meta = z.globalRegistry.get(schema)
  if (meta?.openapi) {
    for (const key of Object.keys(target)) delete target[key]
    Object.assign(target, meta.openapi)
  }
  if (meta?.description) target.description = meta.description
  if (meta?.examples) target.examples = meta.examples
  if (target.maximum === Number.MAX_SAFE_INTEGER) delete target.maximum
  if (target.minimum === Number.MIN_SAFE_INTEGER) delete target.minimum
  if (['date-time', 'date', 'uri', 'email'].includes(String(target.format))) delete target.pattern
  if (schema instanceof z.ZodObject && schema.def.catchall === undefined) nameUnknownFields(target, io)
}

/** Requests with unknown fields are refused; answers may grow fields, and clients must not fail on them. */
function nameUnknownFields(target: Json, io: keyof Components): void {
  if (io === 'input') target.additionalProperties = false
  else delete target.additionalProperties
}

function pointToComponents(value: Json, io: keyof Components, id: string): Json {
  const text = JSON.stringify(value)
    .replaceAll('"#/$defs/', `"#/components/${io}/`)
    .replaceAll('"$ref":"#"', `"$ref":"#/components/${io}/${id}"`)
  return JSON.parse(text) as Json
}

function withoutId({ id: _id, $id: _fullId, ...rest }: Json): Json {
  return rest
}
