import { z } from 'zod'
import { pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { FileStore } from '../../ports/file-store.ts'
import type { Vault } from '../../ports/vault.ts'
import type { AttachmentLinks } from '../attachments/index.ts'
import { answerIntroduction } from './answer-introduction.ts'
import { brokerRoutes } from './broker-routes.ts'
import { endIntroduction } from './end-introduction.ts'
import { exampleAccepted, exampleEnded, exampleIntroduction } from './examples.ts'
import { listIntroductions } from './list-introductions.ts'
import { meetingRoutes } from './meeting-routes.ts'
import { ndaRoutes } from './nda-routes.ts'
import { toIntroductionResponse } from './present.ts'
import { type IntroductionView, readIntroduction } from './read-introduction.ts'
import { answerIntroductionBody, endIntroductionBody, introductionResponse, listIntroductionsQuery } from './schemas.ts'
import { threadFileRoutes } from './thread-file-routes.ts'
import { threadRoutes } from './thread-routes.ts'

type Deps = { clock: Clock; vault: Vault; files: FileStore; attachmentLinks: AttachmentLinks }
const tag = 'Introductions'
const params = z.object({ id: idSchema('introduction') })

/** Both sides of an approved match are asked, answer, and get in contact; the broker looks after them. */
export function introductionRoutes(api: Api, deps: Deps): void {
  readRoutes(api, deps)
  ndaRoutes(api, deps)
  threadRoutes(api, deps)
  threadFileRoutes(api, deps)
  meetingRoutes(api, deps)
  brokerRoutes(api, deps)
  api.post('/v1/introductions/:id/responses', {
    operationId: 'answerIntroduction',
    summary: 'Accept or decline to be introduced',
    description: 'Contact data is shown once both sides have accepted. Who has accepted may still decline until then.',
    tag,
    permission: 'introduction.take_part',
    params,
    body: answerIntroductionBody,
    response: introductionResponse,
    errors: ['ALREADY_DECIDED', 'TRANSITION_NOT_ALLOWED'],
    example: { body: { answer: 'accept' }, response: exampleAccepted },
    handle: async ({ db, actor, params: { id }, body }) => {
      await answerIntroduction({ ...deps, db }, actor, { ...body, id })
      return answer(await readIntroduction({ ...deps, db }, actor, id))
    },
  })
  api.post('/v1/introductions/:id/end', {
    operationId: 'endIntroduction',
    summary: 'Break off an introduction, or as its broker take the question back',
    description: 'Contact data and confidential detail are no longer shown from then on.',
    tag,
    permission: 'introduction.take_part',
    params,
    body: endIntroductionBody,
    response: introductionResponse,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: { body: { reasonCode: 'terms_not_agreed' }, response: exampleEnded },
    handle: async ({ db, actor, params: { id }, body }) => {
      await endIntroduction({ ...deps, db }, actor, { ...body, id })
      return answer(await readIntroduction({ ...deps, db }, actor, id))
    },
  })
}

function readRoutes(api: Api, deps: { vault: Vault }): void {
  api.get('/v1/introductions', {
    operationId: 'listIntroductions',
    summary: 'List introductions of your organisation, your own as broker, or those of your markets',
    description: 'Newest first, without contact data.',
    tag,
    permission: 'introduction.read',
    query: listIntroductionsQuery,
    response: pageSchema(introductionResponse),
    example: { response: { data: [exampleIntroduction], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => {
      const page = await listIntroductions({ db }, actor, { query, page: pager.request(query) })
      return { body: pager.answer(page, toIntroductionResponse) }
    },
  })
  api.get('/v1/introductions/:id', {
    operationId: 'getIntroduction',
    summary: 'Read an introduction as far as you may see it',
    tag,
    permission: 'introduction.read',
    params,
    response: introductionResponse,
    example: { response: exampleAccepted },
    handle: async ({ db, actor, params: { id } }) => answer(await readIntroduction({ ...deps, db }, actor, id)),
  })
}

function answer(view: IntroductionView) {
  return { body: toIntroductionResponse(view), etag: etagOf(view.introduction.version) }
}
