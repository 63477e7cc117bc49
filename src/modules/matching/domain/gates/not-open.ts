import type { Facts } from '../types.ts'
import type { Gate } from './gate.ts'

/**
 * Both sides are published and neither has a red trust code. Distance 0 on the way to publication, 0.5 for
 * red (its cause can be mended), 1 when closed.
 */
export const notOpen: Gate = (demand, supply) => {
  if (distanceOf(demand) === undefined && distanceOf(supply) === undefined) return undefined
  const shut = [demand, supply]
    .map((listing) => ({ listing, distance: distanceOf(listing) }))
    .filter(({ distance }) => distance !== undefined)
    .sort((a, b) => (b.distance ?? 0) - (a.distance ?? 0))[0]
  if (shut?.distance === undefined) return undefined
  const { kind, state, trustCode } = shut.listing
  return { code: 'not_open', distance: shut.distance, detail: { kind, state, trustCode } }
}

function distanceOf({ state, trustCode }: Facts): number | undefined {
  if (state === 'closed') return 1
  if (trustCode === 'red') return 0.5
  return state === 'published' ? undefined : 0
}
