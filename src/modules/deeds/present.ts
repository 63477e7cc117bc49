import type { Deed } from './deed-repo.ts'
import type { DeedTotals } from './read-totals.ts'

export function toDeedResponse({ eventId, kind, action, market, objectId, shareBp, at }: Deed) {
  return { id: eventId, kind, action, market, objectId, shareBp: shareBp ?? undefined, at: at.toISOString() }
}

export function toTotalsResponse({ counts, attributed, asOf }: DeedTotals) {
  return { counts, attributed, asOf: asOf.toISOString() }
}
