import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { Vault } from '../../ports/vault.ts'
import { entityOfKind, type ListingId, type ListingKindDefinition, type ListingKinds } from '../listings/index.ts'
import { addAttachment } from './add-attachment.ts'
import type { AttachmentLinks } from './attachment-links.ts'
import { exampleAttachment, exampleLink } from './examples.ts'
import { linkAttachment } from './link-attachment.ts'
import { listAttachments } from './list-attachments.ts'
import { openAttachment } from './open-attachment.ts'
import { toAttachmentResponse, toLinkResponse } from './present.ts'
import { removeAttachment } from './remove-attachment.ts'
import {
  addAttachmentQuery,
  attachmentBody,
  attachmentFileQuery,
  attachmentFileResponse,
  attachmentLinkResponse,
  attachmentResponse,
  attachmentsResponse,
  linkAttachmentBody,
} from './schemas.ts'

type Deps = {
  clock: Clock
  vault: Vault
  files: FileStore
  attachmentLinks: AttachmentLinks
  listingKinds: ListingKinds
}
const tag = 'Attachments'
const params = z.object({ id: idSchema('attachment') })

/** Files of listings: sent, listed, fetched by a link that soon ends, removed. */
export function attachmentRoutes(api: Api, deps: Deps): void {
  for (const definition of Object.values(deps.listingKinds)) listingFileRoutes(api, deps, definition)
  api.post('/v1/attachments/:id/links', {
    operationId: 'linkAttachment',
    summary: 'Get a link to a file of a listing, which works for five minutes',
    description:
      'For whoever may read that tier of the listing. A link to a confidential file is recorded as a reading.',
    tag,
    permission: 'listing.read',
    params,
    body: linkAttachmentBody,
    response: attachmentLinkResponse,
    idempotency: 'none',
    errors: ['NOT_FOUND'],
    example: { body: { purpose: 'evaluation' }, response: exampleLink },
    handle: async ({ db, viewer, params: { id }, body }) => ({
      body: toLinkResponse(await linkAttachment({ ...deps, db }, viewer, { ...body, id })),
      headers: { 'cache-control': 'private, no-store' },
    }),
  })
  api.get('/v1/attachments/:id/file', {
    operationId: 'downloadAttachment',
    summary: 'Fetch a file by its link',
    tag,
    permission: 'listing.read',
    params,
    query: attachmentFileQuery,
    response: attachmentFileResponse,
    errors: ['NOT_FOUND'],
    example: {},
    handle: async ({ db, params: { id }, query }) => ({
      body: await openAttachment({ ...deps, db }, { ...query, id }),
    }),
  })
  api.delete('/v1/attachments/:id', {
    operationId: 'removeAttachment',
    summary: 'Remove a file from your listing',
    tag,
    permission: 'listing.update',
    params,
    errors: ['NOT_FOUND'],
    example: {},
    handle: async ({ db, actor, params: { id } }) => {
      await removeAttachment({ ...deps, db }, actor, { id })
      return { body: undefined }
    },
  })
}

function listingFileRoutes(api: Api, deps: Deps, { kind, path, name, label }: ListingKindDefinition): void {
  const url = `/v1/${path}/:id/attachments`
  const ofListing = z.object({ id: idSchema(entityOfKind[kind]) as z.ZodType<ListingId, string> })
  api.post(url, {
    operationId: `add${name}Attachment`,
    summary: `Add a file to your ${label}`,
    description:
      'The body is the file itself, up to 25 MB: PDF, DOCX, XLSX, PPTX, PNG, JPEG, WebP, MP4, TXT or CSV. The bytes must be what the ' +
      'ending of the name says. The same file sent again is the same attachment, answered with 200.',
    tag,
    permission: 'listing.update',
    params: ofListing,
    query: addAttachmentQuery,
    body: attachmentBody,
    status: 201,
    response: attachmentResponse,
    idempotency: 'none',
    errors: ['NOT_FOUND', 'LIMIT_EXCEEDED'],
    example: { response: exampleAttachment },
    handle: async ({ db, actor, params: { id }, query, body: file }) => {
      const { attachment, isNew } = await addAttachment({ ...deps, db }, actor, { ...query, id, file })
      return { status: isNew ? 201 : 200, body: toAttachmentResponse(attachment) }
    },
  })
  api.get(url, {
    operationId: `list${name}Attachments`,
    summary: `List the files of a ${label} that you may fetch`,
    tag,
    permission: 'listing.read',
    params: ofListing,
    response: attachmentsResponse,
    errors: ['NOT_FOUND'],
    example: { response: { data: [exampleAttachment] } },
    handle: async ({ db, viewer, params: { id } }) => ({
      body: { data: (await listAttachments({ db }, viewer, id)).map(toAttachmentResponse) },
    }),
  })
}
