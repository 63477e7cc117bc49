import type { Facts } from '../types.ts'
import { relax } from './relax.ts'
import type { Step } from './step.ts'

/**
 * The JSON merge patch (RFC 7396) on the listing that amounts to these steps; the regions are removed when any will do.
 * Ripening is left out: a level of maturity is reached, not declared.
 */
export function patchOf(asker: Facts, steps: readonly Step[]): Record<string, number | string | string[] | null> {
  const after = relax(asker, steps)
  const regions = after.acceptedRegions.length > 0 ? [...after.acceptedRegions] : null
  return defined({
    budgetMaxFen: asker.kind === 'demand' ? changed(asker.priceMaxFen, after.priceMaxFen) : undefined,
    priceMinFen: asker.kind === 'supply' ? changed(asker.priceMinFen, after.priceMinFen) : undefined,
    trlMin: changed(asker.trlMin, after.trlMin),
    trlMax: asker.kind === 'demand' ? changed(asker.trlMax, after.trlMax) : undefined,
    cooperationModes: after.cooperationModes === asker.cooperationModes ? undefined : [...after.cooperationModes],
    preferredRegions: after.acceptedRegions === asker.acceptedRegions ? undefined : regions,
    deadline: changed(asker.deadline, after.deadline),
  })
}

function changed<T>(before: T | undefined, after: T | undefined): T | undefined {
  return before === after ? undefined : after
}

function defined<T>(values: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, T] => entry[1] !== undefined))
}
