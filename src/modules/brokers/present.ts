import type { Conflict } from './conflict-repo.ts'
import { isValidOn } from './domain/certificate.ts'
import type { SeenBroker } from './read-broker.ts'

/** @param today the day in China. */
export function toBrokerResponse({ view, isFull }: SeenBroker, today: string) {
  const { profile, displayName, organisation } = view
  const { userId: id, grade, fields, regions, languages, isAvailable, version } = profile
  return {
    ...{ id, displayName, grade, fields, regions, languages, isAvailable, version },
    organisation: { id: organisation.id, name: organisation.name },
    market: organisation.market,
    certificates: profile.certificates.map((certificate) => {
      const { type, issuer, certificateNo, validFrom, validTo } = certificate
      const isValid = isValidOn(certificate, today)
      return { type, issuer, validFrom, validTo, isValid, ...(isFull && { certificateNo }) }
    }),
    ...(isFull && { capacity: profile.capacity }),
  }
}

export function toConflictResponse({ conflict, organisationName }: { conflict: Conflict; organisationName: string }) {
  const { organisationId, reason, note, declaredAt } = conflict
  return { organisationId, organisationName, reason, note: note ?? undefined, declaredAt: declaredAt.toISOString() }
}
