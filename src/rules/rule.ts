/** What a rule says of an organisation on a day; `unknown` when evidence is missing (Kleene's three values). */
export const answers = ['yes', 'no', 'unknown'] as const
export type Answer = (typeof answers)[number]

export const comparisons = ['<', '<=', '>', '>=', '=', '!='] as const
export type Comparison = (typeof comparisons)[number]

/** A number, a numeric field by its name, or arithmetic on them. A ratio whose second part is 0 is unknown. */
export type Term = number | string | { ratio: readonly [Term, Term] } | { sum: readonly Term[] }

/** Where a rule stands in the text it comes from, and what it is called there. */
type Cited = { clause?: string; label?: string }
/** A leaf that only evidence seen by an operator satisfies; what is merely declared leaves it unknown. */
type Evidenced = Cited & { verified?: boolean }

export type AllRule = Cited & { all: readonly Rule[] }
export type AnyRule = Cited & { any: readonly Rule[] }
export type NotRule = Cited & { not: Rule }
export type AtLeastRule = Cited & { atLeast: number; of: readonly Rule[] }
/** `{compare: {ratio: ['rdSpendFen', 'revenueFen']}, is: '>=', to: 0.06}`; booleans, codes and days by = and != too. */
export type CompareRule = Evidenced & { compare: Term; is: Comparison; to: number | string | boolean }
/** A code, or any of a list of codes, is among these. */
export type MemberRule = Evidenced & { member: string; in: readonly string[] }
/** A region or code, or any of a list of codes, begins with one of these: `{prefix: 'region', in: ['3302']}`. */
export type PrefixRule = Evidenced & { prefix: string; in: readonly string[] }
/** Whole years since a day: at least `minYears`, and not past the day on which `maxYears` are complete. */
export type AgeRule = Evidenced & { age: string; minYears?: number; maxYears?: number }
/** One of the qualifications (or one further down its ladder) is held, on the day asked for or on a fixed one. */
export type QualificationRule = Evidenced & { qualification: readonly string[]; on?: string }
/** The points of all tables together reach `min`. */
export type ScoreRule = Cited & { score: readonly ScoreTable[]; min: number }
/** A definition of the same set by its name. */
export type UseRule = Cited & { use: string }

export type GroupRule = AllRule | AnyRule | NotRule | AtLeastRule | UseRule
export type LeafRule = CompareRule | MemberRule | PrefixRule | AgeRule | QualificationRule | ScoreRule
export type Rule = GroupRule | LeafRule

/** The best of the options counts; `min` is what this table must give on its own. */
export type ScoreTable = { name: string; options: readonly ScoreOption[]; min?: number }
/** Bands from the highest bound down; a bound is included, what lies under the last one gets no points. */
export type ScoreOption = { of: Term; bands: readonly { from: number; points: number }[] }

/** A rule with its named parts and the document it comes from; stored as JSON, versioned by its owner. */
export type RuleSet = {
  rule: Rule
  definitions?: Readonly<Record<string, Rule>>
  /** Title and number of the document. */
  source?: string
  /** First and last day on which the rule is in force; outside of them every answer is no. */
  from?: string
  to?: string
}

/** The keys that name a form; every rule has exactly one. */
export const formKeys = [
  ...(['all', 'any', 'not', 'atLeast', 'use'] as const),
  ...(['compare', 'member', 'prefix', 'age', 'qualification', 'score'] as const),
]
export type FormKey = (typeof formKeys)[number]

export function formOf(rule: Rule): FormKey | undefined {
  return formKeys.find((key) => Object.hasOwn(rule, key))
}
