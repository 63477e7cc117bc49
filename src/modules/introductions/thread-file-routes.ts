import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { Vault } from '../../ports/vault.ts'
import {
  type AttachmentLinks,
  attachmentBody,
  attachmentLinkResponse,
  attachmentName,
  attachmentResponse,
  exampleAttachment,
  exampleLink,
  toAttachmentResponse,
  toLinkResponse,
} from '../attachments/index.ts'
import { addThreadFile } from './add-thread-file.ts'
import { linkThreadFile } from './link-thread-file.ts'

const shared = { tag: 'Introductions', idempotency: 'none' } as const
const params = z.object({ id: idSchema('introduction') })

/** Files that the parties of an introduction send each other. */
export function threadFileRoutes(
  api: Api,
  deps: { clock: Clock; vault: Vault; files: FileStore; attachmentLinks: AttachmentLinks },
): void {
  api.post('/v1/introductions/:id/attachments', {
    ...shared,
    operationId: 'addIntroductionAttachment',
    summary: 'Send a file to the other parties of an introduction',
    description: 'As with the files of listings. A message then names it by `attachmentId`.',
    permission: 'introduction.take_part',
    params,
    query: z.object({ fileName: attachmentName }),
    body: attachmentBody,
    status: 201,
    response: attachmentResponse,
    errors: ['NOT_FOUND', 'FORBIDDEN', 'TRANSITION_NOT_ALLOWED', 'LIMIT_EXCEEDED'],
    example: { response: { ...exampleAttachment, tier: 'thread' } },
    handle: async ({ db, actor, params: { id }, query: { fileName }, body: file }) => {
      const { attachment, isNew } = await addThreadFile({ ...deps, db }, actor, { id, fileName, file })
      return { status: isNew ? 201 : 200, body: toAttachmentResponse(attachment) }
    },
  })
  api.post('/v1/introductions/:id/attachments/:attachmentId/links', {
    ...shared,
    operationId: 'linkIntroductionAttachment',
    summary: 'Get a link to a file of the thread, which works for five minutes',
    permission: 'introduction.read',
    params: params.extend({ attachmentId: idSchema('attachment') }),
    response: attachmentLinkResponse,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    example: { response: exampleLink },
    handle: async ({ db, actor, params: input }) => ({
      body: toLinkResponse(await linkThreadFile({ ...deps, db }, actor, input)),
      headers: { 'cache-control': 'private, no-store' },
    }),
  })
}
