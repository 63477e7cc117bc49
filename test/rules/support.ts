import { checkRules, compileRules, evaluate, type Facts, type FactValue, type RuleSet } from '../../src/rules/index.ts'

type Held = { type: string; validFrom?: string; validTo?: string; isVerified?: boolean }

/** Verified facts without end; a list of qualifications held since 2024. */
export function factsOf(values: Record<string, FactValue>, held: Held[] = []): Facts {
  return {
    fields: new Map(Object.entries(values).map(([name, value]) => [name, { value, isVerified: true }])),
    qualifications: held.map((one) => ({ validFrom: '2024-01-01', isVerified: true, ...one })),
  }
}

/** Checks, compiles and judges; a set that is refused fails the test. */
export function judge(rules: unknown, facts: Facts, day = '2026-06-01') {
  const checked = checkRules(rules)
  if (checked.rules === undefined) throw new Error(JSON.stringify(checked.issues))
  return evaluate(compileRules(checked.rules as RuleSet), facts, day)
}
