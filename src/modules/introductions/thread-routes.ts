import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import { listMessages, type MessageView } from './list-messages.ts'
import { markRead } from './mark-read.ts'
import type { ReadMark } from './message-repo.ts'
import { postMessage } from './post-message.ts'
import {
  listMessagesQuery,
  markReadBody,
  messageResponse,
  messagesResponse,
  postMessageBody,
} from './thread-schemas.ts'

const shared = { tag: 'Introductions', params: z.object({ id: idSchema('introduction') }) } as const

/** What the two sides and their broker write to each other. */
export function threadRoutes(api: Api, deps: { clock: Clock; vault: Vault }): void {
  api.get('/v1/introductions/:id/messages', {
    ...shared,
    operationId: 'listIntroductionMessages',
    summary: 'Read the thread of an introduction, newest first',
    description: 'For both sides and the broker. Operators see that there is an introduction, not what is written.',
    permission: 'introduction.read',
    query: listMessagesQuery,
    response: messagesResponse,
    example: {
      response: { data: [exampleMessage], page: { nextCursor: null, hasMore: false }, readMarks: [exampleMark] },
    },
    handle: async ({ db, actor, params: { id }, query, pager }) => {
      const { page, readMarks } = await listMessages({ ...deps, db }, actor, { id, page: pager.request(query) })
      return { body: { ...pager.answer(page, toMessageResponse), readMarks: readMarks.map(toReadMarkResponse) } }
    },
  })
  api.post('/v1/introductions/:id/messages', {
    ...shared,
    operationId: 'postIntroductionMessage',
    summary: 'Write to the other parties of an introduction',
    description:
      'Once both sides have accepted. Text and names of files are stored sealed and appear in no notification.',
    permission: 'introduction.take_part',
    body: postMessageBody,
    status: 201,
    response: messageResponse,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: {
      body: { text: exampleMessage.text, attachments: exampleMessage.attachments },
      response: exampleMessage,
    },
    handle: async ({ db, actor, params: { id }, body }) => ({
      body: toMessageResponse(await postMessage({ ...deps, db }, actor, { ...body, id })),
    }),
  })
  api.put('/v1/introductions/:id/read-mark', {
    ...shared,
    operationId: 'markIntroductionRead',
    summary: 'Say up to which message you have read',
    permission: 'introduction.take_part',
    body: markReadBody,
    example: { body: { messageId: exampleMessage.id } },
    handle: async ({ db, actor, params: { id }, body: { messageId } }) => {
      await markRead({ ...deps, db }, actor, { id, messageId })
      return { body: undefined }
    },
  })
}

function toMessageResponse({ message, text, attachments }: MessageView) {
  const { id, author, userId, createdAt } = message
  return { id, author, userId, text, attachments: [...attachments], createdAt: createdAt.toISOString() }
}

function toReadMarkResponse({ userId, messageId, readAt }: ReadMark) {
  return { userId, messageId, readAt: readAt.toISOString() }
}

const at = '2026-11-20T02:00:00.000Z'
const exampleMessage = {
  id: 'msg_01k9w3ynwzf5yr8t6x2m4q7c2b',
  author: 'supply' as const,
  userId: 'usr_01k9w3ynwzf5yr8t6x2m4q7c0f',
  text: '附上样件检测报告，真空度按贵方工况重新测过。',
  attachments: [
    {
      name: '样件检测报告.pdf',
      sizeBytes: 482_133,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      mediaType: 'application/pdf',
    },
  ],
  createdAt: at,
}
const exampleMark = { userId: exampleMessage.userId, messageId: exampleMessage.id, readAt: at }
