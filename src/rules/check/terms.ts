import type { Place } from './issue.ts'
import { checkField, checkKeys, isObject, itemsOf } from './values.ts'

/** Deeper arithmetic than any programme has. */
const deepest = 4

/** A number, a numeric field, a ratio or a sum. */
export function checkTerm(value: unknown, place: Place, depth = 0): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) place.report('type_error', 'must be a finite number')
    return
  }
  if (typeof value === 'string') {
    checkField(value, place, ['fen', 'count'])
    return
  }
  if (!isObject(value) || depth >= deepest) {
    place.report('type_error', 'must be a number, a field, {"ratio": [a, b]} or {"sum": […]}')
    return
  }
  checkKeys(value, ['ratio', 'sum'], place)
  const key = 'ratio' in value ? 'ratio' : 'sum'
  const items = itemsOf(value[key], place.at(key), key === 'ratio' ? 2 : 20)
  if (key === 'ratio' && items.length === 1) place.at(key).report('type_error', 'must have two parts')
  for (const { item, at } of items) checkTerm(item, at, depth + 1)
}
