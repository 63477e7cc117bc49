import type { Facts } from '../types.ts'
import { costOf } from './cost.ts'
import type { RelaxationSet } from './minimal-sets.ts'
import type { NearMiss, Step } from './step.ts'

export type CostedSet<M extends NearMiss> = RelaxationSet<M> & { cost: number }

/** Cheapest first; at the same cost the set that opens more, then the shorter one, then by name, so that no order is chance. */
export function orderSets<M extends NearMiss>(asker: Facts, sets: readonly RelaxationSet<M>[]): CostedSet<M>[] {
  return sets
    .map((set) => ({ ...set, cost: costOf(asker, set.steps) }))
    .sort(
      (a, b) =>
        a.cost - b.cost ||
        b.opened.length - a.opened.length ||
        a.steps.length - b.steps.length ||
        (keyOf(a.steps) < keyOf(b.steps) ? -1 : 1),
    )
}

function keyOf(steps: readonly Step[]): string {
  return steps.map(({ axis, reach }) => `${axis}=${reach}`).join(' ')
}
