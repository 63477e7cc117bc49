import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { endEnrolment } from './end-enrolment.ts'
import { enrolMember } from './enrol-member.ts'
import { exampleMember } from './examples.ts'
import { toMember } from './present.ts'
import { readMembers } from './read-pool.ts'
import { memberResponse, membersResponse, pagedQuery } from './schemas.ts'

const tag = 'Risk sharing'
const url = '/v1/risk-pools/:id/members'
const one = `${url}/:organisationId`
const params = z.object({ id: idSchema('riskPool') })
const memberParams = z.object({ ...params.shape, organisationId: idSchema('organisation') })

/** The enrolment list of a pool 入池名单. */
export function memberRoutes(api: Api, deps: { clock: Clock }): void {
  api.get(url, {
    ...{
      operationId: 'listRiskPoolMembers',
      summary: 'The enrolment list; others than its desk see their own entry',
      tag,
    },
    permission: 'risk_pool.read',
    ...{ params, query: pagedQuery, response: membersResponse },
    example: { response: { data: [exampleMember], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, params: { id }, query, pager }) => {
      const page = await readMembers(db, actor, { poolId: id, page: pager.request(query) })
      return { body: pager.answer(page, toMember) }
    },
  })
  api.put(one, {
    ...{ operationId: 'enrolRiskPoolMember', summary: 'Enrol a bank or an enterprise (operator)', tag },
    permission: 'risk_pool.manage',
    ...{ params: memberParams, response: memberResponse, errors: ['ORGANISATION_NOT_VERIFIED'] },
    example: { response: exampleMember },
    handle: async ({ db, actor, params: { id, organisationId } }) => ({
      body: toMember(await enrolMember({ ...deps, db }, actor, { poolId: id, organisationId })),
    }),
  })
  api.delete(one, {
    ...{ operationId: 'endRiskPoolEnrolment', summary: 'Take a member off the list (operator)', tag },
    description: 'What is guaranteed for it stays guaranteed.',
    permission: 'risk_pool.manage',
    params: memberParams,
    example: {},
    handle: async ({ db, actor, params: { id, organisationId } }) => {
      await endEnrolment({ ...deps, db }, actor, { poolId: id, organisationId })
      return { body: undefined }
    },
  })
}
