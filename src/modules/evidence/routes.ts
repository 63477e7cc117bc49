import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { declareEvidence } from './declare-evidence.ts'
import { listEvidence } from './list-evidence.ts'
import { toEvidenceResponse, toRuleFields } from './present.ts'
import { removeEvidence } from './remove-evidence.ts'
import {
  declareEvidenceBody,
  evidencePage,
  evidenceParams,
  evidenceResponse,
  listEvidenceQuery,
  ruleFieldsResponse,
  verifyEvidenceBody,
} from './schemas.ts'
import { verifyEvidence } from './verify-evidence.ts'

const tag = 'Organisations'
const params = z.object({ id: idSchema('organisation') })
const url = '/v1/organisations/:id/evidence'
const exampleBody = { field: 'revenueFen', value: 3_200_000_000, asOf: '2025-12-31', source: '2025年度审计报告' }
const example = {
  ...{ id: 'evd_01jnbq2v3wfq8t6m4k9x5z7a1h', label: '上年度营业收入', ...exampleBody, validTo: null },
  ...{ state: 'declared' as const, verifiedAt: null, createdAt: '2026-03-02T01:00:00.000Z' },
}

/** Evidence that rules of products and policies read, and the fields it may be of. */
export function evidenceRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get(url, {
    ...{ operationId: 'listEvidence', summary: 'List the evidence of an organisation', tag },
    description: 'For the organisation itself and its operator.',
    permission: 'qualification.read',
    ...{ params, query: listEvidenceQuery, response: evidencePage },
    example: { response: { data: [example], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, params: { id }, query, pager }) => {
      const page = await listEvidence({ db }, actor, { organisationId: id, page: pager.request(query) })
      return { body: pager.answer(page, toEvidenceResponse) }
    },
  })
  api.post(url, {
    ...{ operationId: 'declareEvidence', summary: 'Declare evidence of the own organisation', tag },
    description: 'The newest statement of a field counts while it is valid; of equally old ones the verified.',
    permission: 'qualification.manage',
    ...{ params, body: declareEvidenceBody, status: 201, response: evidenceResponse },
    example: { body: exampleBody, response: example },
    handle: async ({ db, actor, params: { id }, body }) => ({
      body: toEvidenceResponse(await declareEvidence({ db, clock }, actor, { ...body, organisationId: id })),
    }),
  })
  api.delete(`${url}/:evidenceId`, {
    ...{ operationId: 'removeEvidence', summary: 'Take evidence of the own organisation back', tag },
    permission: 'qualification.manage',
    params: evidenceParams,
    example: {},
    handle: async ({ db, actor, params: { id, evidenceId } }) => {
      await removeEvidence({ db, clock }, actor, { organisationId: id, evidenceId })
      return { body: undefined }
    },
  })
  api.post(`${url}/:evidenceId/verification`, {
    ...{ operationId: 'verifyEvidence', summary: 'Confirm evidence, or take the confirmation back', tag },
    permission: 'qualification.verify',
    ...{ params: evidenceParams, body: verifyEvidenceBody, response: evidenceResponse },
    errors: ['CONFLICT_OF_INTEREST'],
    example: {
      body: { decision: 'verify' },
      response: { ...example, state: 'verified', verifiedAt: example.createdAt },
    },
    handle: async ({ db, actor, params: { id, evidenceId }, body }) => {
      const input = { organisationId: id, evidenceId, decision: body.decision }
      return { body: toEvidenceResponse(await verifyEvidence({ db, clock }, actor, input)) }
    },
  })
  api.get('/v1/rule-fields', {
    ...{ operationId: 'listRuleFields', summary: 'Fields that rules may ask for', tag },
    permission: 'taxonomy.read',
    response: ruleFieldsResponse,
    example: {
      response: { data: [{ name: 'staff', type: 'count', zh: '职工总数', en: 'Staff', isDeclarable: true }] },
    },
    handle: async () => ({ body: { data: toRuleFields() } }),
  })
}
