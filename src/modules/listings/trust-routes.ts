import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { ListingKindDefinition } from './kind.ts'
import { contractOf } from './kind-contract.ts'
import { type ReadTrust, readTrust } from './read-trust.ts'
import { trustResponse } from './trust-schemas.ts'

/** Why a listing has its trust code. */
export function trustRoutes(api: Api, deps: { clock: Clock }, definition: ListingKindDefinition): void {
  const { url, tag, name, label, params } = contractOf(definition)
  api.get(`${url}/:id/trust`, {
    operationId: `read${name}Trust`,
    summary: `Read why a ${label} has its trust code`,
    description:
      'Computed as of now. Everybody sees code and reasons; the owner also what helps against each, and on which days the code will ' +
      'change by itself.',
    tag,
    permission: 'listing.read',
    params,
    response: trustResponse,
    errors: ['NOT_FOUND'],
    example: {
      response: {
        trustCode: 'yellow',
        reasons: [{ reason: 'not_reconfirmed', remedy: 'renew' }],
        deals: { signed: 2, droppedSince: 0 },
        coming: [{ on: '2027-11-27', reason: 'past_valid_until' }],
        unprovenClaims: [],
      },
    },
    handle: async ({ db, viewer, params: { id } }) => ({
      body: toTrustResponse(await readTrust({ ...deps, db }, viewer, { definition, id })),
    }),
  })
}

function toTrustResponse({ code, reasons, coming, isOwn, unprovenClaims, track }: ReadTrust) {
  return {
    trustCode: code,
    reasons: reasons.map(({ reason, remedy }) => ({ reason, ...(isOwn && { remedy }) })),
    deals: { signed: track.dealsSigned, droppedSince: track.droppedInARow },
    ...(isOwn && { coming, unprovenClaims }),
  }
}
