import type { Facts } from '../types.ts'
import { widenRegions } from './regions.ts'
import type { Step } from './step.ts'

const DAY_MS = 86_400_000

/** The asker's facts once it has given way. Steps on an axis on which it says nothing change nothing. */
export function relax(asker: Facts, steps: readonly Step[]): Facts {
  return steps.reduce(take, asker)
}

/**
 * The asker without any term that it could give way on: whoever passes is stopped by those terms alone, and is scored
 * by everything else.
 */
export function setTermsAside(asker: Facts): Facts {
  return {
    ...asker,
    cooperationModes: [],
    trlMin: undefined,
    trlMax: undefined,
    priceMinFen: undefined,
    priceMaxFen: undefined,
    deadline: undefined,
    acceptedRegions: [],
  }
}

function take(facts: Facts, { axis, reach }: Step): Facts {
  switch (axis) {
    case 'price':
      return facts.kind === 'demand'
        ? { ...facts, priceMaxFen: moved(facts.priceMaxFen, reach) }
        : { ...facts, priceMinFen: moved(facts.priceMinFen, -reach) }
    case 'maturity_floor':
      return { ...facts, trlMin: moved(facts.trlMin, -reach) }
    case 'maturity_ceiling':
      return { ...facts, trlMax: moved(facts.trlMax, reach) }
    case 'region':
      return { ...facts, acceptedRegions: widenRegions(facts.acceptedRegions, reach) }
    case 'deadline':
      return { ...facts, deadline: laterBy(facts.deadline, reach) }
    default:
      return { ...facts, cooperationModes: [...facts.cooperationModes, axis.slice('mode:'.length)] }
  }
}

function moved(value: number | undefined, by: number): number | undefined {
  return value === undefined ? undefined : value + by
}

function laterBy(day: string | undefined, days: number): string | undefined {
  return day === undefined ? undefined : new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}
