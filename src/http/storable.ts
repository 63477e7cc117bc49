import type { FieldError } from '../kernel/errors.ts'
import { pointerOf } from './pointer.ts'

/** Our deepest body has 6 levels. */
const maxDepth = 32

export type StorableCheck = {
  errors: FieldError[]
  /** Schemas that recurse would overflow the stack on such a value. */
  isTooDeep: boolean
}

type Walk = {
  location: FieldError['location']
  path: PropertyKey[]
  found: FieldError[]
  limit: number
  isDeep: boolean
}

/** PostgreSQL stores neither NUL nor lone surrogates, and nobody means to send them: refused before anything else. */
export function checkStorable(value: unknown, location: FieldError['location'], limit: number): StorableCheck {
  const walk: Walk = { location, path: [], found: [], limit, isDeep: false }
  visit(walk, value)
  return { errors: walk.found, isTooDeep: walk.isDeep }
}

function visit(walk: Walk, value: unknown): void {
  if (typeof value === 'string') checkText(walk, value)
  else if (typeof value === 'object' && value !== null) visitChildren(walk, value)
}

function visitChildren(walk: Walk, value: object): void {
  if (walk.path.length >= maxDepth) {
    walk.isDeep = true
    refuse(walk, 'too_deep', `must not be nested deeper than ${maxDepth} levels`)
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) step(walk, index, value[index])
  } else {
    for (const [key, child] of Object.entries(value)) {
      checkText(walk, key)
      step(walk, key, child)
    }
  }
}

function step(walk: Walk, key: PropertyKey, child: unknown): void {
  if (walk.found.length >= walk.limit) return
  walk.path.push(key)
  visit(walk, child)
  walk.path.pop()
}

function checkText(walk: Walk, text: string): void {
  if (text.includes('\u0000')) refuse(walk, 'nul_character', 'must not contain the NUL character')
  else if (!text.isWellFormed()) {
    refuse(walk, 'lone_surrogate', 'must be well-formed Unicode (lone surrogate found)')
  }
}

function refuse({ location, path, found }: Walk, code: string, message: string): void {
  found.push({ location, pointer: pointerOf(path), code, message })
}
