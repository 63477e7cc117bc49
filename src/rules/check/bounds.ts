import { fieldOf } from '../fields.ts'
import type { Comparison, Rule, Term } from '../rule.ts'

/** The values of one field that a condition allows: an interval, or a list of codes. */
type Allowed =
  | { key: string; low: number | string; high: number | string; hasLow: boolean; hasHigh: boolean }
  | { key: string; values: readonly (string | boolean | number)[] }

/** Both can never hold of the same organisation. False when it cannot tell. */
export function contradicts(one: Rule, other: Rule): boolean {
  const [a, b] = [allowedBy(one), allowedBy(other)]
  if (a === undefined || b === undefined || a.key !== b.key) return false
  if ('values' in a && 'values' in b) return isSingle(one) && !a.values.some((value) => b.values.includes(value))
  if ('values' in a || 'values' in b) return false
  return isEmpty(a.high, b.low, a.hasHigh && b.hasLow) || isEmpty(b.high, a.low, b.hasHigh && a.hasLow)
}

/** Whoever meets the first meets the second. False when it cannot tell. */
export function implies(one: Rule, other: Rule): boolean {
  const [a, b] = [allowedBy(one), allowedBy(other)]
  if (a === undefined || b === undefined || a.key !== b.key) return isHeldBy(one, other)
  if ('values' in a && 'values' in b) return a.values.every((value) => b.values.includes(value))
  if ('values' in a || 'values' in b) return false
  const isLowInside = isInside(a.low > b.low, a.low === b.low, { has: a.hasLow, otherHas: b.hasLow })
  return isLowInside && isInside(a.high < b.high, a.high === b.high, { has: a.hasHigh, otherHas: b.hasHigh })
}

/** A qualification among fewer is one among more, if both mean the same day and proof. */
function isHeldBy(one: Rule, other: Rule): boolean {
  if (!('qualification' in one && 'qualification' in other)) return false
  if (one.on !== other.on || (other.verified === true && one.verified !== true)) return false
  return one.qualification.every((type) => other.qualification.includes(type))
}

/** A list of codes may hold one of each, a single code may not. */
function isSingle(rule: Rule): boolean {
  return !('member' in rule) || fieldOf(rule.member)?.type === 'code'
}

function isEmpty(high: number | string, low: number | string, bothIncluded: boolean): boolean {
  return bothIncluded ? high < low : high <= low
}

/** An end lies inside the other interval: further in, or at the same value and not included where the other is not. */
function isInside(
  isFurtherIn: boolean,
  isSame: boolean,
  { has, otherHas }: { has: boolean; otherHas: boolean },
): boolean {
  return isFurtherIn || (isSame && (otherHas || !has))
}

function allowedBy(rule: Rule): Allowed | undefined {
  if ('member' in rule) return { key: keyOf(rule.member, rule.verified), values: rule.in }
  if (!('compare' in rule)) return undefined
  const { compare, is, to, verified } = rule
  const key = keyOf(compare, verified)
  if (typeof to === 'boolean') return { key, values: [is === '=' ? to : !to] }
  if (is === '!=') return undefined
  if (is === '=' && typeof to === 'string') return { key, values: [to] }
  return { key, ...intervalOf(is, to) }
}

function keyOf(term: Term, verified = false): string {
  return `${JSON.stringify(term)}:${verified}`
}

/** Days are texts: the empty one comes before all, and no day after U+FFFF. */
function intervalOf(is: Comparison, to: number | string) {
  const [least, most] = typeof to === 'number' ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : ['', '\uffff']
  const isIncluded = is === '<=' || is === '>=' || is === '='
  const hasUpper = is === '<' || is === '<=' || is === '='
  const hasLower = is === '>' || is === '>=' || is === '='
  return {
    ...{ low: hasLower ? to : least, hasLow: !hasLower || isIncluded },
    ...{ high: hasUpper ? to : most, hasHigh: !hasUpper || isIncluded },
  }
}
