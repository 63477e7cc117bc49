import { assertNever } from '../../../kernel/assert.ts'

/** What reported figures say of each other. Amounts are in one unit of the reporter's choice; rates in per cent. */
export type Relation =
  | { kind: 'growth'; value: number; increase: number; ratePercent: number }
  | { kind: 'share'; part: number; whole: number; ratePercent: number }
  | { kind: 'sum'; parts: readonly number[]; total: number }
  | { kind: 'average'; total: number; count: number; average: number }
  | { kind: 'at_most'; part: number; whole: number }
/** How many digits behind the point were reported, of amounts and of rates; what is behind them is rounding. */
export type Digits = { amounts: number; rates: number }
export type Checked = { isConsistent: boolean; reported: number; recomputed: number; difference: number }

type Bounds = { least: number; most: number }
type Computed = { reported: number; recomputed: number; allowed: Bounds; slack: number }

/** Differences this far below the last digit are the arithmetic's, not the reporter's. */
const epsilon = 1e-9

/**
 * Recomputes the figure that follows from the others. Half a unit of the last reported digit of every number is rounding;
 * what is beyond it contradicts. Wuhu: 10.133 billion, up by 4.723 billion, is 87.3 %, not “74.54 %” (DOMAIN §1.3).
 */
export function checkRelation(relation: Relation, digits: Digits): Checked {
  const { reported, recomputed, allowed, slack } = compute(relation, digits)
  const tolerance = slack + epsilon * Math.max(1, Math.abs(reported))
  const isConsistent = reported >= allowed.least - tolerance && reported <= allowed.most + tolerance
  return { isConsistent, reported, recomputed, difference: reported - recomputed }
}

function compute(relation: Relation, digits: Digits): Computed {
  const half = 0.5 * 10 ** -digits.amounts
  const rateSlack = 0.5 * 10 ** -digits.rates
  switch (relation.kind) {
    case 'growth': {
      const { value, increase, ratePercent: reported } = relation
      const of = (now: number, more: number) => percentOf(more, now - more)
      const allowed = { least: of(value + half, increase - half), most: of(value - half, increase + half) }
      return { reported, recomputed: of(value, increase), allowed, slack: rateSlack }
    }
    case 'share': {
      const { part, whole, ratePercent: reported } = relation
      const allowed = { least: percentOf(part - half, whole + half), most: percentOf(part + half, whole - half) }
      return { reported, recomputed: percentOf(part, whole), allowed, slack: rateSlack }
    }
    case 'sum': {
      const { parts, total: reported } = relation
      const recomputed = parts.reduce((sum, part) => sum + part, 0)
      const spread = half * parts.length
      return { reported, recomputed, allowed: { least: recomputed - spread, most: recomputed + spread }, slack: half }
    }
    case 'average': {
      const { total, count, average: reported } = relation
      const allowed = { least: (total - half) / count, most: (total + half) / count }
      return { reported, recomputed: total / count, allowed, slack: half }
    }
    case 'at_most': {
      const { part: reported, whole } = relation
      return { reported, recomputed: whole, allowed: { least: -Infinity, most: whole + half }, slack: half }
    }
    default:
      return assertNever(relation)
  }
}

/** Above any rate when rounding leaves nothing to divide by. */
function percentOf(part: number, whole: number): number {
  return whole > 0 ? (part / whole) * 100 : Number.POSITIVE_INFINITY
}
