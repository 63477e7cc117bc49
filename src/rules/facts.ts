export type FactValue = number | string | boolean | readonly string[]

/** One thing known of an organisation. After `validTo`, which still counts, it is known no more. */
export type Fact = { value: FactValue; isVerified: boolean; validTo?: string; source?: string }

export type HeldQualification = { type: string; validFrom: string; validTo?: string; isVerified: boolean }

/** All that is known of an organisation. What is not here is unknown, never false. */
export type Facts = {
  readonly fields: ReadonlyMap<string, Fact>
  readonly qualifications: readonly HeldQualification[]
}

export const noFacts: Facts = { fields: new Map(), qualifications: [] }

/** A change to try out: a value instead of the known one, or an addition to a known number. */
export type Assumption = { field: string; set: FactValue } | { field: string; add: number } | { qualification: string }

/**
 * The facts as they would be: “if we had three more R&D staff”. Assumptions count as verified, because the question is what
 * the answer would be once they are true. Adding to what is unknown leaves it unknown.
 */
export function assume(facts: Facts, assumptions: readonly Assumption[], day: string): Facts {
  const fields = new Map(facts.fields)
  const qualifications = [...facts.qualifications]
  for (const assumption of assumptions) {
    if ('qualification' in assumption) {
      qualifications.push({ type: assumption.qualification, validFrom: day, isVerified: true, validTo: lastDay })
      continue
    }
    const value = 'set' in assumption ? assumption.set : sumOf(fields.get(assumption.field), assumption.add)
    if (value !== undefined) fields.set(assumption.field, { value, isVerified: true, source: 'assumption' })
  }
  return { fields, qualifications }
}

/** The day that stands for “without end”; days compare as texts. */
export const lastDay = '9999-12-31'

function sumOf(fact: Fact | undefined, add: number): number | undefined {
  return typeof fact?.value === 'number' ? fact.value + add : undefined
}
