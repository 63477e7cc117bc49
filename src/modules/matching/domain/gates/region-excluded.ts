import type { Facts } from '../types.ts'
import type { Gate, GateFailure } from './gate.ts'

/**
 * Each side comes from a division that the other accepts. A side that names only its province may well sit
 * in the accepted city, and passes. Distance 0 within the same prefecture as an
 * accepted division, 0.5 within the same province, 1 elsewhere.
 */
export const regionExcluded: Gate = (demand, supply) => exclusion(demand, supply) ?? exclusion(supply, demand)

function exclusion(asker: Facts, other: Facts): GateFailure | undefined {
  const { region } = other
  if (region === undefined || asker.acceptedRegions.length === 0) return undefined
  if (asker.acceptedRegions.some((accepted) => contains(accepted, region) || contains(region, accepted)))
    return undefined
  const distance = Math.min(...asker.acceptedRegions.map((accepted) => distanceBetween(accepted, region)))
  return { code: 'region_excluded', distance, detail: { askedBy: asker.kind, accepted: asker.acceptedRegions, region } }
}

/** 330000 holds all of Zhejiang, 330200 all of Ningbo, 100000 the whole country. */
function contains(wide: string, narrow: string): boolean {
  return wide === '100000' || narrow.startsWith(wide.replace(/(00)+$/, ''))
}

function distanceBetween(accepted: string, region: string): number {
  if (accepted.slice(2, 4) !== '00' && accepted.slice(0, 4) === region.slice(0, 4)) return 0
  return accepted.slice(0, 2) === region.slice(0, 2) ? 0.5 : 1
}
