import type { Gate } from './gate.ts'

/** Modes between which parties often move in talks: a licence of another kind is still a licence. */
const FAMILIES: Readonly<Record<string, string>> = {
  entrusted_development: 'development',
  joint_development: 'development',
  exclusive_licence: 'licence',
  sole_licence: 'licence',
  ordinary_licence: 'licence',
  open_licence: 'licence',
  consulting: 'service',
  technical_service: 'service',
}

/** Both sides name modes and share one. Distance 0 when they share a family of modes, 1 otherwise. */
export const cooperationModesDisjoint: Gate = (demand, supply) => {
  const wanted = demand.cooperationModes
  const offered = supply.cooperationModes
  if (wanted.length === 0 || offered.length === 0 || wanted.some((mode) => offered.includes(mode))) return undefined
  const families = new Set(wanted.map(familyOf))
  const distance = offered.some((mode) => families.has(familyOf(mode))) ? 0 : 1
  return { code: 'cooperation_modes_disjoint', distance, detail: { wanted, offered } }
}

function familyOf(mode: string): string {
  return FAMILIES[mode] ?? mode
}
