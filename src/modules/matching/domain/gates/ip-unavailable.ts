import type { Facts } from '../types.ts'
import type { Gate } from './gate.ts'

/**
 * The state of the intellectual property allows at least one of the modes in question. Distance 0 when the
 * supply offers another mode that is still free, 1 when nothing it offers is.
 */
export const ipUnavailable: Gate = (demand, supply) => {
  const blocked = supply.ipBlockedModes
  if (blocked.length === 0) return undefined
  const asked = modesInQuestion(demand, supply)
  if (asked.length === 0 || asked.some((mode) => !blocked.includes(mode))) return undefined
  const free = supply.cooperationModes.filter((mode) => !blocked.includes(mode))
  return { code: 'ip_unavailable', distance: free.length > 0 ? 0 : 1, detail: { asked, blocked, free } }
}

/** The shared modes; what one side names if the other names none or they share none. */
function modesInQuestion(demand: Facts, supply: Facts): readonly string[] {
  const shared = demand.cooperationModes.filter((mode) => supply.cooperationModes.includes(mode))
  if (shared.length > 0) return shared
  return demand.cooperationModes.length > 0 ? demand.cooperationModes : supply.cooperationModes
}
