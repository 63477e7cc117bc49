import rules from '../../../../seeds/reference/contract-classification.json' with { type: 'json' }

export type ClassificationRules = {
  traits: readonly { code: string; zh: string; words: readonly string[] }[]
  versions: readonly RuleVersion[]
}
export type RuleVersion = {
  version: string
  /** Days of signing for which it holds, both inclusive. */
  from: string
  to?: string
  source: string
  authority: string
  excluded: readonly string[]
  /** In the order of precedence: who develops and also trains has a development contract. */
  types: readonly { type: string; when: readonly string[] }[]
}

/** What a contract is about: its words, and the traits that somebody who has read it ticked. */
export type Subject = { text: string; traits: readonly string[] }

/** A trait that was found, and whether a person declared it or the words of the text suggest it. */
export type Ground = { trait: string; zh: string; from: 'declared' | 'text'; words: string[] }

export type Classification = {
  ruleVersion: string
  source: string
  authority: string
} & (
  | { outcome: 'proposed'; type: string; grounds: Ground[]; alternatives: string[] }
  | { outcome: 'excluded'; grounds: Ground[] }
  | { outcome: 'unclear'; grounds: Ground[] }
)

export const shippedRules: ClassificationRules = rules
export const traitCodes = shippedRules.traits.map(({ code }) => code) as [string, ...string[]]

/** The version for contracts signed on that day; undefined for days before the first one. */
export function versionOn(day: string, { versions }: ClassificationRules = shippedRules): RuleVersion | undefined {
  return versions.find(({ from, to }) => from <= day && (to === undefined || day <= to))
}

/**
 * Proposes the type of a contract by the rules of its day of signing. Declared traits decide; where none is declared, the words
 * of the text propose. A contract that is nothing but what the rules exclude (sale, processing, repair …) is refused; one
 * that also has a technological subject is not, because its goods are taken off the amounts instead.
 */
export function classify(
  subject: Subject,
  day: string,
  all: ClassificationRules = shippedRules,
): Classification | undefined {
  const version = versionOn(day, all)
  if (version === undefined) return undefined
  const { version: ruleVersion, source, authority } = version
  const grounds = groundsOf(subject, all)
  const fitting = version.types.flatMap(({ type, when }) => {
    const own = grounds.filter(({ trait }) => when.includes(trait))
    return own.length === 0 ? [] : [{ type, own }]
  })
  const [best, ...others] = fitting
  const basis = { ruleVersion, source, authority }
  if (best) {
    return {
      ...basis,
      outcome: 'proposed',
      type: best.type,
      grounds: best.own,
      alternatives: others.map(({ type }) => type),
    }
  }
  const excluding = grounds.filter(({ trait }) => version.excluded.includes(trait))
  if (excluding.length > 0) return { ...basis, outcome: 'excluded', grounds: excluding }
  return { ...basis, outcome: 'unclear', grounds: [] }
}

function groundsOf({ text, traits }: Subject, all: ClassificationRules): Ground[] {
  const declared = all.traits.filter(({ code }) => traits.includes(code))
  if (declared.length > 0) return declared.map(({ code, zh }) => ({ trait: code, zh, from: 'declared', words: [] }))
  return all.traits.flatMap(({ code, zh, words }) => {
    const found = words.filter((word) => text.includes(word))
    return found.length === 0 ? [] : [{ trait: code, zh, from: 'text' as const, words: found }]
  })
}
