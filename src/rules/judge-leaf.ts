import { dayBefore, yearsAfter } from './days.ts'
import { type Facts, type FactValue, lastDay } from './facts.ts'
import { judgeScore } from './judge-score.ts'
import { type Judgement, known, unknown } from './judgement.ts'
import { ladderAbove } from './qualifications.ts'
import type { AgeRule, CompareRule, LeafRule, QualificationRule } from './rule.ts'
import { compares, type KnownTerm, knownValue, usableFact } from './term.ts'

/** Judges a rule that has no rules below it. */
export function judgeLeaf(rule: LeafRule, facts: Facts, day: string): Judgement {
  if ('compare' in rule) return judgeComparison(rule, facts, day)
  if ('qualification' in rule) return judgeQualification(rule, facts, day)
  if ('score' in rule) return judgeScore(rule, facts, day)
  if ('age' in rule) return judgeAge(rule, facts, day)
  const name = 'member' in rule ? rule.member : rule.prefix
  const fact = usableFact(facts, name, { day, needsVerified: rule.verified })
  if (fact === undefined) return unknown([name])
  const isIn = 'member' in rule ? (code: string) => rule.in.includes(code) : startsWithAny(rule.in)
  return known(codesOf(fact.value).some(isIn), fact)
}

function judgeComparison({ compare, is, to, verified }: CompareRule, facts: Facts, day: string): Judgement {
  const found: KnownTerm = knownValue(compare, facts, { day, needsVerified: verified })
  if (found.value === undefined) return unknown(found.missing)
  return known(compares(found.value, is, to), { validTo: found.validTo })
}

function judgeAge({ age, minYears = 0, maxYears, verified }: AgeRule, facts: Facts, day: string): Judgement {
  const fact = usableFact(facts, age, { day, needsVerified: verified })
  if (typeof fact?.value !== 'string') return unknown([age])
  const first = yearsAfter(fact.value, minYears)
  const last = maxYears === undefined ? lastDay : yearsAfter(fact.value, maxYears)
  const until = day < first ? dayBefore(first) : day <= last ? last : lastDay
  const validTo = fact.validTo ?? lastDay
  return known(day >= first && day <= last, { validTo: until < validTo ? until : validTo })
}

/** Not on record is unknown: only `qualificationsNotHeld` says no. An expired certificate may have been renewed. */
function judgeQualification({ qualification, on, verified }: QualificationRule, facts: Facts, day: string): Judgement {
  const at = on ?? day
  const ends = facts.qualifications
    .filter((held) => ladderAbove(held.type).some((type) => qualification.includes(type)))
    .filter((held) => (!verified || held.isVerified) && held.validFrom <= at && at <= (held.validTo ?? lastDay))
    .map(({ validTo = lastDay }) => validTo)
  const latest = ends.sort().at(-1)
  if (latest !== undefined) return known(true, { validTo: on === undefined ? latest : lastDay })
  const denied = usableFact(facts, 'qualificationsNotHeld', { day, needsVerified: undefined })
  const notHeld = codesOf(denied?.value ?? [])
  if (denied && qualification.every((type) => notHeld.includes(type))) return known(false, denied)
  return unknown(qualification.filter((type) => !notHeld.includes(type)).map((type) => `qualification:${type}`))
}

function codesOf(value: FactValue): readonly string[] {
  return typeof value === 'object' ? value : [String(value)]
}

function startsWithAny(prefixes: readonly string[]) {
  return (code: string) => prefixes.some((prefix) => code.startsWith(prefix))
}
