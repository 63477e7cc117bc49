import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import { confidentialDetailResponse, grantsResponse, readDetailQuery } from './disclosure-schemas.ts'
import type { ListingKindDefinition } from './kind.ts'
import { contractOf } from './kind-contract.ts'
import { type GrantView, listGrants } from './list-grants.ts'
import { type Reading, readConfidentialDetail } from './read-confidential-detail.ts'
import { revokeGrant } from './revoke-grant.ts'

/** The confidential detail of a listing and who besides the owner may read it. */
export function disclosureRoutes(
  api: Api,
  deps: { clock: Clock; vault: Vault },
  definition: ListingKindDefinition,
): void {
  const { url, tag, name, label, params, example } = contractOf(definition)
  api.get(`${url}/:id/confidential-detail`, {
    operationId: `read${name}ConfidentialDetail`,
    summary: `Read the confidential detail of a ${label} that its owner has opened to you`,
    description:
      'For the owner, for the broker of an accepted introduction, and for the other side once both sides have signed the NDA. Every reading by others than the owner is recorded with its purpose.',
    tag,
    permission: 'disclosure.read',
    params,
    query: readDetailQuery,
    response: confidentialDetailResponse,
    example: { response: { ...exampleReading, listingId: String(example.id) } },
    handle: async ({ db, actor, params: { id }, query: { purpose } }) => {
      const reading = await readConfidentialDetail({ ...deps, db }, actor, { id, purpose })
      return { body: toReadingResponse(reading), headers: { 'cache-control': 'private, no-store' } }
    },
  })
  api.get(`${url}/:id/disclosure-grants`, {
    operationId: `list${name}DisclosureGrants`,
    summary: `List who may read the confidential detail of your ${label}`,
    description: 'Also those whose right has ended. One page: a listing has as many as it had introductions.',
    tag,
    permission: 'disclosure.manage',
    params,
    response: grantsResponse,
    example: { response: { data: [exampleGrant] } },
    handle: async ({ db, actor, params: { id } }) => ({
      body: { data: (await listGrants({ db }, actor, { listingId: id })).map(toGrantResponse) },
    }),
  })
  api.delete(`${url}/:id/disclosure-grants/:grantId`, {
    operationId: `revoke${name}DisclosureGrant`,
    summary: `Take back a right to read the confidential detail of your ${label}`,
    description:
      'It holds at once. While the introduction goes on you may give it back: POST /v1/introductions/{id}/disclosure-grants/{grantId}/restore.',
    tag,
    permission: 'disclosure.manage',
    params: z.object({ ...params.shape, grantId: idSchema('disclosureGrant') }),
    example: {},
    handle: async ({ db, actor, params: { id, grantId } }) => {
      await revokeGrant({ ...deps, db }, actor, { listingId: id, id: grantId })
      return { body: undefined }
    },
  })
}

function toReadingResponse({ listingId, detail, watermark, readAt }: Reading) {
  return {
    ...{ listingId, confidentialDetail: detail ?? null, watermark: watermark ?? null },
    readAt: readAt.toISOString(),
  }
}

function toGrantResponse({ grant, organisation }: GrantView) {
  return {
    id: grant.id,
    organisation: organisation && { id: organisation.id, name: organisation.name, kind: organisation.kind },
    userId: grant.userId ?? undefined,
    ground: grant.ground,
    isActive: grant.endedAt === null,
    grantedAt: grant.grantedAt.toISOString(),
    endedAt: grant.endedAt?.toISOString(),
  }
}

const exampleReading = {
  confidentialDetail: '铸造压力 60 MPa，模温 210 ℃，另有真空度曲线。',
  watermark: 'rdg_01k9w3ynwzf5yr8t6x2m4q7c3a',
  readAt: '2026-11-20T02:00:00.000Z',
}
const exampleGrant = {
  id: 'dgr_01k9w3ynwzf5yr8t6x2m4q7c3b',
  organisation: { id: 'org_01k9w3ynwzf5yr8t6x2m4q7c0e', name: '示范企业', kind: 'enterprise' as const },
  ground: 'int_01k9w3ynwzf5yr8t6x2m4q7c2a',
  isActive: true,
  grantedAt: '2026-11-20T02:00:00.000Z',
}
