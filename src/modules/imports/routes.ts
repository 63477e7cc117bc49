import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import type { Vault } from '../../ports/vault.ts'
import { type ListingKinds, listingKinds } from '../listings/index.ts'
import { cancelImport } from './cancel-import.ts'
import { readErrorFile } from './error-file.ts'
import { exampleImport, exampleImportRow } from './examples.ts'
import { getImport, listImportsOf } from './import-repo.ts'
import { listImportRows } from './import-row-repo.ts'
import { importStream } from './import-stream.ts'
import { toImportResponse, toImportRowResponse } from './present.ts'
import {
  errorFileResponse,
  importFileBody,
  importResponse,
  importRowsResponse,
  importsResponse,
  listImportRowsQuery,
  listImportsQuery,
  startImportQuery,
  templateQuery,
  templateResponse,
} from './schemas.ts'
import { startImport } from './start-import.ts'
import { templateFile } from './template-file.ts'

type Deps = { clock: Clock; vault: Vault; live: LiveChannel; listingKinds: ListingKinds }
const shared = { tag: 'Imports', permission: 'listing.create' } as const
const params = z.object({ id: idSchema('import') })
const onePage = { nextCursor: null, hasMore: false }

/** Spreadsheets of listings on their way in, and the templates for them. */
export function importRoutes(api: Api, deps: Deps): void {
  startRoute(api, deps)
  readRoutes(api, deps)
  fileRoutes(api, deps)
}

function startRoute(api: Api, deps: Deps): void {
  api.post('/v1/imports', {
    ...shared,
    operationId: 'startImport',
    summary: 'Send a file of listings',
    description:
      'The body is the file itself: CSV in UTF-8 or GB18030, XLSX or NDJSON, up to 50 MB and 100,000 rows. The first row holds ' +
      'headers in Chinese or English, in any order; NDJSON has a create body on each line. Of an XLSX the first visible sheet is ' +
      'read, and each one after it that has the same header. The answer comes at once; read the import for its progress, the ' +
      'readings of its cells and its errors. A file may be sent again: what has not changed stays.',
    query: startImportQuery,
    body: importFileBody,
    status: 202,
    response: importResponse,
    errors: ['TOO_MANY_IMPORTS'],
    example: { response: exampleImport },
    handle: async ({ db, actor, query: { kind, mode, submit, fileName }, body: file }) => {
      const input = { file, kind, mode, shouldSubmit: submit === true, fileName }
      const started = await startImport({ ...deps, db }, actor, input)
      const headers = { location: `/v1/imports/${started.id}` }
      return { body: toImportResponse(started, deps.clock.now()), headers }
    },
  })
  api.post('/v1/imports/:id/cancel', {
    ...shared,
    operationId: 'cancelImport',
    summary: 'Stop an import; what it has done stays',
    params,
    response: importResponse,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: { response: { ...exampleImport, state: 'cancelled' } },
    handle: async ({ db, actor, params: { id } }) => ({
      body: toImportResponse(await cancelImport({ ...deps, db }, actor, { id }), deps.clock.now()),
    }),
  })
}

function readRoutes(api: Api, { clock }: Deps): void {
  api.get('/v1/imports', {
    ...shared,
    operationId: 'listImports',
    summary: 'List the imports of your organisation, newest first',
    query: listImportsQuery,
    response: importsResponse,
    example: { response: { data: [exampleImport], page: onePage } },
    handle: async ({ db, actor, query, pager }) => {
      const page = await listImportsOf(db, actor.orgId, pager.request(query))
      return { body: pager.answer(page, (row) => toImportResponse(row, clock.now())) }
    },
  })
  api.get('/v1/imports/:id', {
    ...shared,
    operationId: 'readImport',
    summary: 'Read an import with its progress',
    params,
    response: importResponse,
    example: { response: exampleImport },
    handle: async ({ db, actor: { orgId }, params: { id } }) => ({
      body: toImportResponse(await getImport(db, { id, orgId }), clock.now()),
    }),
  })
  api.stream('/v1/imports/:id/stream', {
    ...shared,
    operationId: 'streamImport',
    summary: 'Follow an import: rows done, rate, time left, end',
    params,
    events: { ready: importResponse, progress: importResponse, ended: importResponse },
    examples: [
      { id: 0, event: 'ready', data: { ...exampleImport, state: 'queued' } },
      { id: 1201, event: 'progress', data: exampleImport },
      { id: 5002, event: 'ended', data: { ...exampleImport, state: 'finished' } },
    ],
    open: async ({ db, actor, params: { id } }) => importStream({ db, clock }, actor, id),
  })
  api.get('/v1/imports/:id/rows', {
    ...shared,
    operationId: 'listImportRows',
    summary: 'List what became of the rows',
    params,
    query: listImportRowsQuery,
    response: importRowsResponse,
    example: { response: { data: [exampleImportRow], page: onePage } },
    handle: async ({ db, actor: { orgId }, params: { id }, query, pager }) => {
      const { kind } = await getImport(db, { id, orgId })
      const page = await listImportRows(db, id, { status: query.status, page: pager.request(query) })
      return { body: pager.answer(page, (row) => toImportRowResponse(kind, row)) }
    },
  })
}

function fileRoutes(api: Api, { vault, listingKinds: kinds }: Deps): void {
  api.get('/v1/imports/:id/error-file', {
    ...shared,
    operationId: 'downloadImportErrors',
    summary: 'Download the failed rows with their errors as CSV',
    params,
    response: errorFileResponse,
    example: {},
    handle: async ({ db, actor, params: { id } }) => ({ body: await readErrorFile({ db, vault }, actor, { id }) }),
  })
  api.get('/v1/import-templates/:kind', {
    ...shared,
    operationId: 'downloadImportTemplate',
    summary: 'Download an empty table with the headers that are read',
    permission: 'taxonomy.read',
    params: z.object({ kind: z.enum(listingKinds) }),
    query: templateQuery,
    response: templateResponse,
    example: {},
    handle: async ({ params: { kind }, query: { format } }) => ({ body: await templateFile(kinds[kind], format) }),
  })
}
