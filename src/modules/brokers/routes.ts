import { z } from 'zod'
import { pageQuery, pageSchema } from '../../http/pagination.ts'
import type { Api } from '../../http/route.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import { declareConflict } from './declare-conflict.ts'
import { exampleBroker, exampleConflict } from './examples.ts'
import { listBrokers } from './list-brokers.ts'
import { listConflicts } from './list-conflicts.ts'
import { toBrokerResponse, toConflictResponse } from './present.ts'
import { readBroker } from './read-broker.ts'
import {
  brokerResponse,
  brokersResponse,
  conflictResponse,
  declareConflictBody,
  listBrokersQuery,
  updateBrokerBody,
} from './schemas.ts'
import { updateBroker } from './update-broker.ts'
import { withdrawConflict } from './withdraw-conflict.ts'

const tag = 'Brokers'
const params = z.object({ id: idSchema('user') })
const onePage = { nextCursor: null, hasMore: false }

/** Who the brokers are, what they work on, and whom they keep away from. */
export function brokerRoutes(api: Api, { clock }: { clock: Clock }): void {
  const present = (seen: Parameters<typeof toBrokerResponse>[0]) => toBrokerResponse(seen, chinaDay(clock.now()))
  api.get('/v1/brokers', {
    operationId: 'listBrokers',
    summary: 'List brokers with what they work on',
    tag,
    permission: 'broker.read',
    query: listBrokersQuery,
    response: brokersResponse,
    example: { response: { data: [exampleBroker], page: onePage } },
    handle: async ({ db, actor, query, pager }) => ({
      body: pager.answer(await listBrokers({ db }, actor, { query, page: pager.request(query) }), present),
    }),
  })
  api.get('/v1/brokers/:id', {
    operationId: 'readBroker',
    summary: 'Read a broker’s profile',
    tag,
    permission: 'broker.read',
    params,
    response: brokerResponse,
    example: { response: exampleBroker },
    handle: async ({ db, actor, params: { id } }) => {
      const seen = await readBroker({ db }, actor, id)
      return { body: present(seen), etag: etagOf(seen.view.profile.version, seen.isFull ? 'full' : 'teaser') }
    },
  })
  api.patch('/v1/brokers/:id', {
    operationId: 'updateBroker',
    summary: 'Change your own profile; as an operator, that of a broker of your market',
    tag,
    permission: 'broker.update',
    ifMatch: 'required',
    params,
    body: updateBrokerBody,
    response: brokerResponse,
    example: { body: { fields: ['new-materials'], capacity: 20 }, response: exampleBroker },
    handle: async ({ db, actor, params: { id }, body, ifMatch = 0 }) => {
      const view = await updateBroker({ db, clock }, actor, { id, version: ifMatch, change: body })
      return { body: present({ view, isFull: true }), etag: etagOf(view.profile.version) }
    },
  })
  conflictRoutes(api, { clock })
}

function conflictRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.get('/v1/brokers/me/conflicts', {
    operationId: 'listConflicts',
    summary: 'List the organisations that you keep away from',
    tag,
    permission: 'review.work',
    query: z.object(pageQuery),
    response: pageSchema(conflictResponse),
    example: { response: { data: [exampleConflict], page: onePage } },
    handle: async ({ db, actor, query, pager }) => ({
      body: pager.answer(await listConflicts({ db }, actor, pager.request(query)), toConflictResponse),
    }),
  })
  api.post('/v1/brokers/me/conflicts', {
    operationId: 'declareConflict',
    summary: 'Declare a conflict of interest with an organisation',
    description: 'You are offered nothing of it any more and cannot decide on it. Declaring again replaces the reason.',
    tag,
    permission: 'review.work',
    body: declareConflictBody,
    status: 201,
    response: conflictResponse,
    errors: ['NOT_FOUND'],
    example: {
      body: { organisationId: exampleConflict.organisationId, reason: 'former_employer' },
      response: exampleConflict,
    },
    handle: async ({ db, actor, body }) => ({
      body: toConflictResponse(await declareConflict({ db, clock }, actor, body)),
    }),
  })
  api.delete('/v1/brokers/me/conflicts/:organisationId', {
    operationId: 'withdrawConflict',
    summary: 'Take a declared conflict of interest back',
    tag,
    permission: 'review.work',
    params: z.object({ organisationId: idSchema('organisation') }),
    example: {},
    handle: async ({ db, actor, params: { organisationId } }) => {
      await withdrawConflict({ db, clock }, actor, organisationId)
      return { body: undefined }
    },
  })
}
