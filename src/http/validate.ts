import { z } from 'zod'
import { AppError, type FieldError } from '../kernel/errors.ts'
import { nearest } from '../kernel/nearest.ts'

type Part = { location: FieldError['location']; schema: z.ZodType; value: unknown }

const maxDepth = 32

/**
 * Parses all parts of a request and refuses with every failure of every part at once.
 * @returns the parsed values in the order of the parts.
 */
export function validateParts(parts: readonly Part[]): unknown[] {
  const errors: FieldError[] = []
  const values = parts.map((part) => {
    errors.push(...unstorableTexts(part.value, part.location))
    const parsed = part.schema.safeParse(part.value)
    if (!parsed.success) errors.push(...parsed.error.issues.flatMap((issue) => fieldErrors(issue, part)))
    return parsed.data
  })
  if (errors.length === 0) return values
  const where = errors.length === 1 ? 'one field' : `${errors.length} fields`
  throw new AppError('VALIDATION_FAILED', `The request has ${where} that break a rule; see "errors".`, { errors })
}

function fieldErrors(issue: z.core.$ZodIssue, part: Part): FieldError[] {
  const { location } = part
  if (issue.code !== 'unrecognized_keys') {
    return [{ location, pointer: pointerOf(issue.path), code: issue.code, message: issue.message }]
  }
  const known = keysAt(part.schema, issue.path)
  return issue.keys.map((key) => {
    const guess = nearest(key, known)
    const message = `unknown field "${key.slice(0, 64)}"${guess ? `; did you mean "${guess}"?` : ''}`
    return { location, pointer: pointerOf([...issue.path, key]), code: 'unknown_field', message }
  })
}

function pointerOf(path: readonly PropertyKey[]): string {
  return `#${path.map((part) => `/${String(part).slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`
}

/** The field names that the schema knows at a path, for the hint. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: z.ZodType | undefined = schema
  for (const step of [...path, undefined]) {
    while (current instanceof z.ZodOptional || current instanceof z.ZodNullable || current instanceof z.ZodDefault) {
      current = current.unwrap() as z.ZodType
    }
    if (step === undefined) break
    if (current instanceof z.ZodArray) current = current.element as z.ZodType
    else if (current instanceof z.ZodObject) current = current.shape[String(step)] as z.ZodType | undefined
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : []
}

/** PostgreSQL stores neither NUL nor lone surrogates, and nobody means to send them: refused before anything else. */
function unstorableTexts(value: unknown, location: FieldError['location'], path: PropertyKey[] = []): FieldError[] {
  const refusal = (code: string, message: string) => [{ location, pointer: pointerOf(path), code, message }]
  if (typeof value === 'string') {
    if (value.includes('\u0000')) return refusal('nul_character', 'must not contain the NUL character')
    return value.isWellFormed() ? [] : refusal('lone_surrogate', 'must be well-formed Unicode (lone surrogate found)')
  }
  if (typeof value !== 'object' || value === null) return []
  if (path.length >= maxDepth) return refusal('too_deep', `must not be nested deeper than ${maxDepth} levels`)
  return Object.entries(value).flatMap(([key, child]) => unstorableTexts(child, location, [...path, key]))
}
