/**
 * Whether two values would be the same JSON, whatever the order of their members. An absent member is the same as one that is
 * undefined: stored rows and parsed bodies differ in which they name, so `isDeepStrictEqual` would need a copy of each.
 */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false
  if (Array.isArray(one) && one.length !== (other as unknown as unknown[]).length) return false
  for (const name in one) if (!isSameJson(one[name], other[name])) return false
  for (const name in other) if (other[name] !== undefined && one[name] === undefined) return false
  return true
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
