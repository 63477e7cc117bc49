import { z } from 'zod'

/** Copies a value without the fields that its schema does not name. */
export type KeepDeclared = (value: unknown) => unknown

const asIs: KeepDeclared = (value) => value

/**
 * What an answer may contain, as a function made once per route: undeclared fields never leave, whatever a presenter does.
 * It does not check the fields it keeps. Checking all of them by `schema.parse` costs 90 µs for a listing, this 3 µs, and
 * the tests run with the check (`Platform.answers`).
 */
export function keepDeclared(schema: z.ZodType): KeepDeclared {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    const keep = keepDeclared(schema.unwrap() as z.ZodType)
    return keep === asIs ? asIs : (value) => (value === undefined || value === null ? value : keep(value))
  }
  if (schema instanceof z.ZodArray) {
    const keep = keepDeclared(schema.element as z.ZodType)
    return keep === asIs ? asIs : (value) => (value as unknown[]).map(keep)
  }
  if (!(schema instanceof z.ZodObject)) return asIs
  const { catchall } = schema.def
  return catchall === undefined || catchall instanceof z.ZodNever ? keepShape(schema.shape) : asIs
}

function keepShape(shape: Record<string, z.ZodType>): KeepDeclared {
  const fields = Object.entries(shape).map(([name, field]): [string, KeepDeclared] => [name, keepDeclared(field)])
  return (value) => {
    const source = value as Record<string, unknown>
    const kept: Record<string, unknown> = {}
    for (const [name, keep] of fields) {
      const found = source[name]
      if (found !== undefined) kept[name] = keep === asIs ? found : keep(found)
    }
    return kept
  }
}
