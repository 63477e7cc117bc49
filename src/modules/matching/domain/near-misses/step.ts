import type { GateCode } from '../gates/gate.ts'

/** What the asker can give way on. Every axis is a scale; each mode of cooperation is a scale of one step. */
export type Axis = 'price' | 'maturity_floor' | 'maturity_ceiling' | 'region' | 'deadline' | `mode:${string}`

/**
 * How far to give way on an axis: fen, levels of maturity, levels of region (1 prefecture, 2 province, 3 country), days;
 * 1 for a mode. A greater reach allows all that a smaller one does.
 */
export type Step = { axis: Axis; reach: number }

/** What one failed gate asks for: any of these steps opens it. */
export type Need = { gate: GateCode; anyOf: readonly Step[] }

/** A counterpart that fits but for some gates, all of which the asker could open. */
export type NearMiss = { id: string; needs: readonly Need[] }

/** Whether these steps, at most one on each axis, open every gate in the way. */
export function doOpen(steps: readonly Step[], { needs }: NearMiss): boolean {
  return needs.every(({ anyOf }) => anyOf.some((one) => steps.some((step) => covers(step, one))))
}

function covers(step: Step, needed: Step): boolean {
  return step.axis === needed.axis && step.reach >= needed.reach
}
