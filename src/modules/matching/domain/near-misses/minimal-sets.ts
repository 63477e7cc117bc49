import { type Axis, doOpen, type NearMiss, type Step } from './step.ts'

/** Steps, at most one on each axis, and the near misses that they open, in the order given. */
export type RelaxationSet<M extends NearMiss = NearMiss> = { steps: readonly Step[]; opened: readonly M[] }

export type SetLimits = {
  /** Most steps in one set. */
  relaxations: number
  /** For each of these numbers k: the sets that open at least k and that cannot be weakened without opening fewer. */
  opens: readonly number[]
}

/**
 * All minimal sets of steps that open k near misses, for each k asked for. Exact: what a set opens changes only at the
 * reaches that near misses need, so these are all that has to be tried. More steps never open less; a set is therefore minimal
 * when the next smaller reach on each of its axes, or none, is too little. 100 near misses with as many prices on 20 axes
 * take 2 ms with two steps a set and 10 ms with three.
 */
export function minimalSets<M extends NearMiss>(nearMisses: readonly M[], limits: SetLimits): RelaxationSet<M>[] {
  const axes = [...new Set(nearMisses.flatMap(({ needs }) => needs.flatMap(({ anyOf }) => anyOf.map(axisOf))))].sort()
  return combinations(axes, limits.relaxations).flatMap((chosen) => setsOn(chosen, nearMisses, limits.opens))
}

/** The minimal sets that give way on exactly these axes. */
function setsOn<M extends NearMiss>(
  axes: readonly Axis[],
  nearMisses: readonly M[],
  opens: readonly number[],
): RelaxationSet<M>[] {
  const widest = axes.map((axis) => ({ axis, reach: Number.POSITIVE_INFINITY }))
  const openable = nearMisses.filter((one) => doOpen(widest, one))
  if (openable.length < Math.min(...opens)) return []
  const scales = axes.map((axis) => reachesOn(axis, openable).map((reach) => ({ axis, reach })))
  return grid(scales).flatMap((places) => {
    const steps = stepsAt(scales, places)
    const opened = openable.filter((one) => doOpen(steps, one))
    const asked = opens.filter((count) => count <= opened.length)
    if (asked.length === 0) return []
    const weaker = places.map((_, axis) => openedBy(openable, stepsAt(scales, lower(places, axis))))
    return asked.some((count) => weaker.every((fewer) => fewer < count)) ? [{ steps, opened }] : []
  })
}

function reachesOn(axis: Axis, nearMisses: readonly NearMiss[]): number[] {
  const steps = nearMisses.flatMap(({ needs }) => needs.flatMap(({ anyOf }) => anyOf))
  return [...new Set(steps.filter((step) => step.axis === axis).map(({ reach }) => reach))].sort((a, b) => a - b)
}

function openedBy(nearMisses: readonly NearMiss[], steps: readonly Step[]): number {
  return nearMisses.reduce((count, one) => count + (doOpen(steps, one) ? 1 : 0), 0)
}

/** Every way to take one place on each scale. */
function grid(scales: readonly (readonly Step[])[]): number[][] {
  return scales.reduce<number[][]>(
    (places, scale) => places.flatMap((taken) => scale.map((_, place) => [...taken, place])),
    [[]],
  )
}

/** Place -1 is no step at all. */
function stepsAt(scales: readonly (readonly Step[])[], places: readonly number[]): Step[] {
  return scales.flatMap((scale, axis) => scale[places[axis] ?? -1] ?? [])
}

function lower(places: readonly number[], axis: number): number[] {
  return places.map((place, index) => (index === axis ? place - 1 : place))
}

/** Of one to `most` items, in order. */
function combinations<T>(items: readonly T[], most: number): T[][] {
  const [first, ...rest] = items
  if (first === undefined || most === 0) return []
  return [[first], ...combinations(rest, most - 1).map((others) => [first, ...others]), ...combinations(rest, most)]
}

function axisOf({ axis }: Step): Axis {
  return axis
}
