import fc from 'fast-check'
import { type Document, resolve } from './document.ts'

/** As much of JSON Schema as the document uses. */
export type Schema = {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  items?: Schema
  minItems?: number
  maxItems?: number
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
}

const longestText = 60
const longestList = 3

/** Values that the schema allows, so that what refuses them is a rule and not a type. */
export function arbitraryOf(schema: Schema, document: Document): fc.Arbitrary<unknown> {
  const inner = (part: Schema) => arbitraryOf(part, document)
  if (schema.$ref !== undefined) return inner(resolve(document, schema.$ref) as Schema)
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map(inner))
  switch (schema.type) {
    case 'string':
      return textOf(schema)
    case 'integer':
      return fc.integer(rangeOf(schema))
    case 'number':
      return fc.integer(rangeOf(schema)).map((value) => value / 1)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array': {
      const { minItems = 0, maxItems = longestList } = schema
      const lengths = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, longestList)) }
      return fc.array(inner(schema.items ?? {}), lengths)
    }
    case 'object':
      return objectOf(schema, document)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function objectOf(schema: Schema, document: Document): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties } = schema
  const shape = Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, arbitraryOf(property, document)]),
  )
  if (Object.keys(shape).length > 0) return fc.record(shape, { requiredKeys: required })
  const value = typeof additionalProperties === 'object' ? arbitraryOf(additionalProperties, document) : fc.string()
  return fc.dictionary(fc.string({ maxLength: 12 }), value, { maxKeys: longestList })
}

function textOf({ format, pattern, minLength = 0, maxLength = longestText }: Schema): fc.Arbitrary<string> {
  if (format === 'date') return fc.constantFrom('2026-03-02', '2020-02-29', '2031-12-31', '1999-01-01')
  if (format === 'date-time') return fc.constantFrom('2026-03-02T01:00:00Z', '2031-12-31T23:59:59.999Z')
  if (format === 'email') return fc.integer({ min: 1, max: 1e9 }).map((n) => `nobody-${n}@example.cn`)
  if (format === 'uuid') return fc.uuid()
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'))
  const unit = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('压', '铸', '≥', 'ａ', '9', '\u202e', '\\', "'"),
  )
  const length = { minLength, maxLength: Math.max(minLength, Math.min(maxLength, longestText)) }
  return fc
    .array(
      unit.filter((one) => one.length > 0),
      length,
    )
    .map((units) => units.join('').slice(0, maxLength))
}

function rangeOf({ minimum, maximum, exclusiveMinimum }: Schema): { min: number; max: number } {
  const min = minimum ?? (exclusiveMinimum === undefined ? -1000 : exclusiveMinimum + 1)
  return { min: Math.ceil(Math.max(min, -(2 ** 31))), max: Math.floor(Math.min(maximum ?? 2 ** 31 - 1, 2 ** 31 - 1)) }
}
