import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { Vault } from '../../ports/vault.ts'
import type { ListingKinds } from '../listings/index.ts'
import { answerJoint } from './answer-joint.ts'
import { decideJoint } from './decide-joint.ts'
import { exampleJoint } from './examples.ts'
import { toJointResponse } from './present.ts'
import { listJoints, readJoint } from './read-joint.ts'
import { answerJointBody, decideJointBody, jointResponse, jointsResponse, listJointsQuery } from './schemas.ts'

const tag = 'Joint demands'
const params = z.object({ id: idSchema('jointDemand') })

/** Nearly the same demands of several organisations, on their way to one challenge. */
export function jointDemandRoutes(api: Api, deps: { clock: Clock; vault: Vault; listingKinds: ListingKinds }): void {
  readRoutes(api)
  api.post('/v1/joint-demands/:id/decision', {
    operationId: 'decideJointDemand',
    summary: 'As an operator, accept a proposal and ask its members, or dismiss it',
    tag,
    permission: 'listing.publish',
    params,
    body: decideJointBody,
    response: jointResponse,
    errors: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED'],
    example: { body: { decision: 'accept' }, response: exampleJoint },
    handle: async ({ db, actor, params: { id }, body: { decision } }) => {
      await decideJoint({ ...deps, db }, actor, { id, decision })
      return { body: toJointResponse(await readJoint({ db }, actor, id)) }
    },
  })
  api.post('/v1/joint-demands/:id/answer', {
    operationId: 'answerJointDemand',
    summary: 'Agree or decline to take part',
    description:
      'Within 14 days. When all have answered and two or more have agreed, the member that bears most gets the draft of the joint ' +
      'demand, reads it over and submits it. Your own demand stays as it is.',
    tag,
    permission: 'listing.update',
    params,
    body: answerJointBody,
    response: jointResponse,
    errors: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED'],
    example: { body: { answer: 'agreed' }, response: exampleJoint },
    handle: async ({ db, actor, params: { id }, body: { answer } }) => {
      await answerJoint({ ...deps, db }, actor, { id, answer })
      return { body: toJointResponse(await readJoint({ db }, actor, id)) }
    },
  })
}

function readRoutes(api: Api): void {
  api.get('/v1/joint-demands', {
    operationId: 'listJointDemands',
    summary: 'List the joint demands that you were invited to; for operators those of the market, newest first',
    tag,
    permission: 'listing.update',
    query: listJointsQuery,
    response: jointsResponse,
    example: { response: { data: [exampleJoint], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => {
      const page = await listJoints({ db }, actor, { state: query.state, page: pager.request(query) })
      return { body: pager.answer(page, toJointResponse) }
    },
  })
  api.get('/v1/joint-demands/:id', {
    operationId: 'getJointDemand',
    summary: 'Read a joint demand with its members and the draft of the cost split',
    tag,
    permission: 'listing.update',
    params,
    response: jointResponse,
    errors: ['NOT_FOUND'],
    example: { response: exampleJoint },
    handle: async ({ db, actor, params: { id } }) => ({ body: toJointResponse(await readJoint({ db }, actor, id)) }),
  })
}
