import { nearest } from '../../kernel/nearest.ts'
import { type Field, fieldNames, fieldOf } from '../fields.ts'
import type { Place } from './issue.ts'

export type Json = Record<string, unknown>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isDay(value: unknown): value is string {
  return (
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
  )
}

export function checkDay(value: unknown, place: Place): void {
  if (!isDay(value)) place.report('type_error', 'must be a day YYYY-MM-DD')
}

export function checkText(value: unknown, place: Place, longest: number): void {
  if (typeof value === 'string' && value.length > 0 && value.length <= longest) return
  place.report('type_error', `must be a text of 1 to ${longest} characters`)
}

export function checkWhole(value: unknown, place: Place, { min, max }: { min: number; max: number }): void {
  if (Number.isInteger(value) && Number(value) >= min && Number(value) <= max) return
  place.report('type_error', `must be a whole number from ${min} to ${max}`)
}

export function checkKeys(value: Json, known: readonly string[], place: Place): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue
    place.at(key).report('unknown_key', `is not known here${hintOf(key, known)}`)
  }
}

/** The items of a list with their places, or nothing after a report. */
export function itemsOf(value: unknown, place: Place, most = 100): { item: unknown; at: Place }[] {
  if (Array.isArray(value) && value.length > 0 && value.length <= most) {
    return value.map((item: unknown, index) => ({ item, at: place.at(index) }))
  }
  place.report('type_error', `must be a list of 1 to ${most} items`)
  return []
}

/** The field of that name, of one of the types; reports otherwise. */
export function checkField(name: unknown, place: Place, types: readonly Field['type'][]): Field | undefined {
  const field = typeof name === 'string' ? fieldOf(name) : undefined
  if (field === undefined) {
    place.report('unknown_field', `is not a field${typeof name === 'string' ? hintOf(name, fieldNames) : ''}`)
    return undefined
  }
  if (types.includes(field.type)) return field
  place.report('type_error', `“${String(name)}” is a ${field.type}; needed is a ${types.join(' or a ')}`)
  return undefined
}

export function hintOf(word: string, known: Iterable<string>): string {
  const guess = nearest(word, known)
  return guess === undefined ? '' : `; did you mean “${guess}”?`
}
