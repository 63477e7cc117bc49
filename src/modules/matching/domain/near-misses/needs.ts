import { deadlinePassed } from '../gates/deadline-passed.ts'
import type { Gate, GateCode } from '../gates/gate.ts'
import { regionExcluded } from '../gates/region-excluded.ts'
import { checkGates } from '../gates.ts'
import type { Facts } from '../types.ts'
import { regionLevels, widenRegions } from './regions.ts'
import type { Need, Step } from './step.ts'

type Pair = { asker: Facts; other: Facts; today: string }

/** The steps of the asker that would open a gate, each by itself; none when it is not the asker's to open. */
type WaysOut = (pair: Pair) => Step[]

const DAY_MS = 86_400_000
const none: WaysOut = () => []

/**
 * An organisation does not change, a listing that is not open has reasons of its own, and both gates about modes are opened
 * by another mode that the other side wants or offers and that no right forbids.
 */
const WAYS_OUT: Readonly<Record<GateCode, WaysOut>> = {
  own_organisation: none,
  not_open: none,
  region_excluded: regionSteps,
  cooperation_modes_disjoint: modeSteps,
  ip_unavailable: modeSteps,
  maturity_out_of_range: maturitySteps,
  price_above_budget: priceSteps,
  deadline_passed: deadlineSteps,
}

/** What stands between the two and how the asker could give way; undefined when a gate is not the asker's to open. */
export function needsOf(asker: Facts, other: Facts, today: string): Need[] | undefined {
  const failures = onSides(checkGates, { asker, other, today })
  const needs = failures.map(({ code }) => ({ gate: code, anyOf: WAYS_OUT[code]({ asker, other, today }) }))
  return needs.every(({ anyOf }) => anyOf.length > 0) ? needs : undefined
}

function regionSteps({ asker, other, today }: Pair): Step[] {
  const reach = regionLevels.find((level) => {
    const widened = { ...asker, acceptedRegions: widenRegions(asker.acceptedRegions, level) }
    return passes(regionExcluded, { asker: widened, other, today })
  })
  return reach === undefined ? [] : [{ axis: 'region', reach }]
}

function modeSteps({ asker, other }: Pair): Step[] {
  const supply = asker.kind === 'supply' ? asker : other
  const free = other.cooperationModes.filter((mode) => !supply.ipBlockedModes.includes(mode))
  const added = free.filter((mode) => !asker.cooperationModes.includes(mode))
  return [...new Set(added)].map((mode) => ({ axis: `mode:${mode}`, reach: 1 }))
}

/** A demand gives way in both directions. A supply may ripen, but it does not become younger. */
function maturitySteps({ asker, other }: Pair): Step[] {
  const above = (other.trlMin ?? 1) - (asker.trlMax ?? 9)
  if (above > 0) return [{ axis: 'maturity_ceiling', reach: above }]
  const below = (asker.trlMin ?? 1) - (other.trlMax ?? 9)
  return asker.kind === 'demand' && below > 0 ? [{ axis: 'maturity_floor', reach: below }] : []
}

function priceSteps({ asker, other }: Pair): Step[] {
  const [demand, supply] = asker.kind === 'demand' ? [asker, other] : [other, asker]
  return [{ axis: 'price', reach: (supply.priceMinFen ?? 0) - (demand.priceMaxFen ?? 0) }]
}

/** To today at least, and only one's own: the other side's last day is not the asker's to move. */
function deadlineSteps({ asker, other, today }: Pair): Step[] {
  const { deadline } = asker
  if (deadline === undefined) return []
  const isEnough = passes(deadlinePassed, { asker: { ...asker, deadline: today }, other, today })
  const days = Math.round((Date.parse(today) - Date.parse(deadline)) / DAY_MS)
  return isEnough ? [{ axis: 'deadline', reach: days }] : []
}

function passes(gate: Gate, pair: Pair): boolean {
  return onSides(gate, pair) === undefined
}

function onSides<T>(judge: (demand: Facts, supply: Facts, today: string) => T, { asker, other, today }: Pair): T {
  return asker.kind === 'demand' ? judge(asker, other, today) : judge(other, asker, today)
}
