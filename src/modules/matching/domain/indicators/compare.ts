import { hashText } from '../fingerprint.ts'
import type { Facts, IndicatorFact } from '../types.ts'
import { judge, type Outcome } from './judge.ts'
import { type IndicatorName, indicatorName, nameSimilarity } from './names.ts'

export type Verdict = 'met' | 'unmet' | 'unknown'

/** Why nothing can be said: the other side is silent, its figures contradict each other, or they leave it open. */
export type UnknownReason = 'not_stated' | 'contradictory' | 'open'

export type Comparison = {
  demanded: IndicatorFact
  /** What the supply says about the same property: several when its figures contradict each other. */
  offered: readonly IndicatorFact[]
  verdict: Verdict
  reason?: UnknownReason | undefined
  /** Share by which the offer is better (positive) or worse (negative) than the bound; 0.2 for 18 % against 15 %. */
  margin?: number | undefined
}

/** An indicator with all that depends on it alone. */
export type PreparedIndicator = {
  fact: IndicatorFact
  name: IndicatorName
  quantityId: number
  /** The same side bounds the same property in a way that no value can keep. */
  isContradicted: boolean
}

/**
 * Names less alike than this are two properties: 泄漏量 and 气密泄漏量 have 0.77, 屈服强度 and 抗压强度 0.5.
 */
const MIN_SIMILARITY = 0.65

/** More of them than this are a data sheet; the first ones are what the owner put first. */
const MAX_INDICATORS = 16

export function prepareIndicators({ indicators = [] }: Facts): PreparedIndicator[] {
  const named = indicators
    .slice(0, MAX_INDICATORS)
    .map((fact) => ({ fact, name: indicatorName(fact.name, fact.quantity), quantityId: hashText(fact.quantity) }))
  return named.map((one) => ({ ...one, isContradicted: isContradicted(one, named) }))
}

/** Every demanded indicator against what the supply says of the same property in a comparable unit. */
export function compareIndicators(
  demanded: readonly PreparedIndicator[],
  offered: readonly PreparedIndicator[],
): Comparison[] {
  return demanded.map((demand) => {
    if (!demand.isContradicted) return compareOne(demand, closest(demand, offered))
    return { demanded: demand.fact, offered: [], verdict: 'unknown', reason: 'contradictory' }
  })
}

/**
 * Mean worth of the demanded indicators that can be judged; undefined when none can. The quick way through
 * `compareIndicators`: most pairs have no property in common and cost no object.
 */
export function satisfaction(
  demanded: readonly PreparedIndicator[],
  offered: readonly PreparedIndicator[],
): number | undefined {
  let sum = 0
  let judged = 0
  for (const demand of demanded) {
    const near = demand.isContradicted ? NONE : closest(demand, offered)
    if (near.length === 0) continue
    const comparison = compareOne(demand, near)
    if (comparison.verdict === 'unknown') continue
    judged++
    sum += worthOf(comparison)
  }
  return judged > 0 ? sum / judged : undefined
}

/** 1 when met; half a point less the missing share when not, so that a near miss is worth more than a wide one. */
export function worthOf({ verdict, margin = 0 }: Comparison): number {
  return verdict === 'met' ? 1 : Math.max(0, 0.5 + margin)
}

const NONE: readonly PreparedIndicator[] = []

function compareOne(demand: PreparedIndicator, closest: readonly PreparedIndicator[]): Comparison {
  const facts = closest.map(({ fact }) => fact)
  const outcomes = closest.map(({ fact }) => judge(demand.fact, fact, demand.name))
  const [first] = outcomes
  if (first === undefined) {
    return { demanded: demand.fact, offered: [], verdict: 'unknown', reason: 'not_stated' }
  }
  if (outcomes.some(({ verdict }) => verdict !== first.verdict)) {
    return { demanded: demand.fact, offered: facts, verdict: 'unknown', reason: 'contradictory' }
  }
  const weakest = outcomes.reduce((low, next) => ((next.margin ?? 0) < (low.margin ?? 0) ? next : low))
  return { demanded: demand.fact, offered: [facts[outcomes.indexOf(weakest)] ?? demand.fact], ...reasoned(weakest) }
}

function reasoned({ verdict, margin }: Outcome): Pick<Comparison, 'verdict' | 'reason' | 'margin'> {
  return verdict === 'unknown' ? { verdict, reason: 'open' } : { verdict, margin }
}

/** All of the best similarity: an owner who says two things of one property is not believed in either. */
function closest(demand: PreparedIndicator, offered: readonly PreparedIndicator[]): readonly PreparedIndicator[] {
  let best = MIN_SIMILARITY
  let found: PreparedIndicator[] | undefined
  for (const supply of offered) {
    if (supply.quantityId !== demand.quantityId) continue
    const similarity = nameSimilarity(demand.name, supply.name)
    if (similarity < best) continue
    if (found === undefined || similarity > best) found = [supply]
    else found.push(supply)
    best = similarity
  }
  return found === undefined ? NONE : surest(found)
}

/** A bare figure in passing does not speak against a bound that stands beside it. */
function surest(found: readonly PreparedIndicator[]): readonly PreparedIndicator[] {
  const bounds = found.filter(({ fact }) => fact.isBound)
  return bounds.length > 0 ? bounds : found
}

type Named = Omit<PreparedIndicator, 'isContradicted'>

/** Two bounds of one property that exclude each other. A bare figure beside a bound is the state today. */
function isContradicted(one: Named, all: readonly Named[]): boolean {
  return all.some(
    (other) =>
      other !== one &&
      other.quantityId === one.quantityId &&
      other.name.key === one.name.key &&
      other.name.change === one.name.change &&
      one.fact.isBound &&
      other.fact.isBound &&
      excludeEachOther(one.fact, other.fact),
  )
}

function excludeEachOther(a: IndicatorFact, b: IndicatorFact): boolean {
  return (a.min ?? -Infinity) > (b.max ?? Infinity) || (b.min ?? -Infinity) > (a.max ?? Infinity)
}
