import { z } from 'zod'
import { AppError, type FieldError } from '../kernel/errors.ts'
import { nearest } from '../kernel/nearest.ts'
import type { Locale } from './locale.ts'
import { pointerOf, shown } from './pointer.ts'
import { checkStorable } from './storable.ts'

type Part = { location: FieldError['location']; schema: z.ZodType; value: unknown }

/** A body of 1 MB can break half a million rules; nobody reads more than the first hundred. */
const maxErrors = 100
/** Comparing names is the dear part: 20 µs each. */
const maxHints = 20

const messages = { en: undefined, zh: z.locales.zhCN().localeError }

/**
 * Parses all parts of a request and refuses with every failure of every part at once.
 * @returns the parsed values in the order of the parts.
 */
export function validateParts(parts: readonly Part[], locale: Locale = 'en'): unknown[] {
  const errors: FieldError[] = []
  const values = parts.map((part) => {
    const check = checkStorable(part.value, part.location, maxErrors)
    errors.push(...check.errors)
    if (check.isTooDeep) return undefined
    const parsed = part.schema.safeParse(part.value, { error: messages[locale] })
    if (!parsed.success) errors.push(...failures(parsed.error.issues, part))
    return parsed.data
  })
  if (errors.length === 0) return values
  throw new AppError('VALIDATION_FAILED', `${summary(errors.length)}; see "errors".`, {
    errors: errors.slice(0, maxErrors),
  })
}

function summary(count: number): string {
  if (count === 1) return 'One field breaks a rule'
  return count < maxErrors ? `${count} fields break a rule` : 'Many fields break a rule'
}

function failures(issues: readonly z.core.$ZodIssue[], part: Part): FieldError[] {
  return issues.slice(0, maxErrors).flatMap((issue) => fieldErrors(issue, part))
}

function fieldErrors(issue: z.core.$ZodIssue, part: Part): FieldError[] {
  const { location } = part
  if (issue.code !== 'unrecognized_keys') {
    return [{ location, pointer: pointerOf(issue.path), code: codeOf(issue), message: issue.message }]
  }
  const known = keysAt(part.schema, issue.path)
  return issue.keys.slice(0, maxErrors).map((key, index) => {
    const guess = index < maxHints ? nearest(key, known) : undefined
    const message = `unknown field "${shown(key)}"${guess ? `; did you mean "${guess}"?` : ''}`
    return { location, pointer: pointerOf([...issue.path, key]), code: 'unknown_field', message }
  })
}

/** The rule's own code where a schema names one in `params.code`, for faults that clients tell apart. */
function codeOf(issue: z.core.$ZodIssue): string {
  const own = issue.code === 'custom' ? issue.params?.code : undefined
  return typeof own === 'string' ? own : issue.code
}

/** The field names that the schema knows at a path, for the hint. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: z.ZodType | undefined = unwrapped(schema)
  for (const step of path) {
    if (current instanceof z.ZodArray) current = current.element as z.ZodType
    else if (current instanceof z.ZodRecord) current = current.valueType as z.ZodType
    else if (current instanceof z.ZodObject) current = fieldOf(current, step)
    current = unwrapped(current)
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : []
}

function fieldOf(schema: z.ZodObject, name: PropertyKey): z.ZodType | undefined {
  return Object.hasOwn(schema.shape, name) ? (schema.shape[String(name)] as z.ZodType) : undefined
}

function unwrapped(schema: z.ZodType | undefined): z.ZodType | undefined {
  let current = schema
  while (current instanceof z.ZodOptional || current instanceof z.ZodNullable || current instanceof z.ZodDefault) {
    current = current.unwrap() as z.ZodType
  }
  return current
}
