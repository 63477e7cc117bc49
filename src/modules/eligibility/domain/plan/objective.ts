import type { Plan } from './option.ts'

/**
 * The order of plans. First the least cash needed now; then the least given up in shares; then the least own money over the
 * whole life; then the fewest products, because each is an application; then the smaller ids, so that the answer is the same
 * on every run.
 */
export function isBetter(one: Plan, other: Plan): boolean {
  const difference =
    one.cashNowFen - other.cashNowFen ||
    one.equityFen - other.equityFen ||
    one.ownMoneyFen - other.ownMoneyFen ||
    one.parts.length - other.parts.length
  return difference === 0 ? idsOf(one) < idsOf(other) : difference < 0
}

function idsOf({ parts }: Plan): string {
  return parts
    .map(({ option }) => option.id)
    .sort()
    .join()
}
