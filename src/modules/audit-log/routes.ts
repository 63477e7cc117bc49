import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { exportEntries } from './export-entries.ts'
import { listEntries } from './list-entries.ts'
import { toAuditEntryResponse } from './present.ts'
import { auditEntryResponse, entriesExport, exportEntriesQuery, listEntriesQuery } from './schemas.ts'

/** Who did what: owners read their organisation's entries, operators those of their market. */
export function auditLogRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/audit-entries', {
    operationId: 'listAuditEntries',
    summary: 'List what users of your organisation did; for operators, of your market and its branches',
    description:
      'Newest first. `link` chains the entries of one organisation: `hash` is SHA-256 of `prevHash`, a line feed, and the members id, seq, orgId, userId, action, objectId, facts, at, requestId, network, chain and position, as far as they are there, as canonical JSON (RFC 8785).',
    tag: 'Audit',
    permission: 'audit.read',
    query: listEntriesQuery,
    response: pageSchema(auditEntryResponse),
    errors: ['NOT_FOUND'],
    example: { response: { data: [exampleEntry], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => ({
      body: pager.answer(await listEntries({ db }, actor, { query, page: pager.request(query) }), toAuditEntryResponse),
    }),
  })
  api.get('/v1/audit-entries/export', {
    operationId: 'exportAuditEntries',
    summary: 'Download the hash chain of an organisation as NDJSON',
    description:
      'From its first entry to the last that is sealed, one record a line with its link. Anybody can recompute it, without a database: `npm run audit:verify -- --file FILE`.',
    tag: 'Audit',
    permission: 'audit.read',
    query: exportEntriesQuery,
    response: entriesExport,
    errors: ['NOT_FOUND'],
    example: {},
    handle: async ({ db, actor, query }) => ({ body: await exportEntries({ db, clock }, actor, query) }),
  })
}

const exampleEntry = {
  id: 'aud_01k9w3ynwzf5yr8t6x2m4q7c1d',
  seq: 4711,
  orgId: 'org_01k9w3ynwzf5yr8t6x2m4q7c0d',
  userId: 'usr_01k9w3ynwzf5yr8t6x2m4q7c0f',
  action: 'review_item.decided',
  objectId: 'rev_01k9w3ynwzf5yr8t6x2m4q7c1a',
  facts: { decision: 'reject', reasonCode: 'indicator_unmet' },
  at: '2026-11-20T02:00:00.000Z',
  requestId: '0199b2f4-3c1e-7a55-9d0b-6f1f0f3a2c11',
  network: '203.0.113.0/24',
  link: {
    chain: '01938f5c-0000-7000-8000-000000000001',
    position: 12,
    prevHash: '8e1f0f6d2c3b4a59687786958493a2b1c0dfeeddccbbaa998877665544332211',
    hash: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f809',
  },
}
