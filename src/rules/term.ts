import { assertNever } from '../kernel/assert.ts'
import { type Fact, type Facts, type FactValue, lastDay } from './facts.ts'
import type { Comparison, Term } from './rule.ts'

export type Asked = { day: string; needsVerified: boolean | undefined }
/** The value of a term with the last day on which all its facts count, or what is missing for it. */
export type KnownTerm =
  | { value: FactValue; validTo: string; missing: readonly [] }
  | { value: undefined; validTo: string; missing: readonly string[] }

/** The fact, if it counts on the day and is as well proven as asked for. */
export function usableFact(facts: Facts, name: string, { day, needsVerified }: Asked): Fact | undefined {
  const fact = facts.fields.get(name)
  if (fact === undefined || (fact.validTo ?? lastDay) < day) return undefined
  return needsVerified && !fact.isVerified ? undefined : fact
}

/**
 * A ratio is rounded once, to the nearest double, and so is a bound written as a decimal: 6 of 100 equals 0.06 exactly.
 */
export function knownValue(term: Term, facts: Facts, asked: Asked): KnownTerm {
  if (typeof term === 'number') return { value: term, validTo: lastDay, missing: [] }
  if (typeof term === 'string') {
    const fact = usableFact(facts, term, asked)
    if (fact === undefined) return { value: undefined, validTo: lastDay, missing: [term] }
    return { value: fact.value, validTo: fact.validTo ?? lastDay, missing: [] }
  }
  if ('ratio' in term) return combined(term.ratio, facts, asked, ([part = 0, whole = 0]) => part / whole)
  return combined(term.sum, facts, asked, (values) => values.reduce((sum, value) => sum + value, 0))
}

function combined(
  terms: readonly Term[],
  facts: Facts,
  asked: Asked,
  compute: (values: number[]) => number,
): KnownTerm {
  const parts = terms.map((term) => knownValue(term, facts, asked))
  const missing = [...new Set(parts.flatMap((part) => part.missing))]
  if (missing.length > 0) return { value: undefined, validTo: lastDay, missing }
  const value = compute(parts.map((part) => Number(part.value)))
  const validTo = parts.map((part) => part.validTo).sort()[0] ?? lastDay
  return Number.isFinite(value)
    ? { value, validTo, missing: [] }
    : { value: undefined, validTo, missing: fieldsIn(terms) }
}

/** Numbers by size, days as texts; flags and codes are only equal or not. */
export function compares(value: FactValue, is: Comparison, to: number | string | boolean): boolean {
  switch (is) {
    case '<':
      return value < to
    case '<=':
      return value <= to
    case '>':
      return value > to
    case '>=':
      return value >= to
    case '=':
      return value === to
    case '!=':
      return value !== to
    default:
      return assertNever(is)
  }
}

/** The fields that a term reads. */
export function fieldsIn(terms: readonly Term[]): string[] {
  return terms.flatMap((term) => {
    if (typeof term === 'number') return []
    if (typeof term === 'string') return [term]
    return fieldsIn('ratio' in term ? term.ratio : term.sum)
  })
}
