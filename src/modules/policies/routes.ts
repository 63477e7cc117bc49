import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { Api } from '../../http/route.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { assertReadsEligibility } from '../eligibility/index.ts'
import { checkPolicy } from './check-policy.ts'
import { createPolicy } from './create-policy.ts'
import { editPolicy } from './edit-policy.ts'
import {
  exampleCheck,
  exampleDraft,
  exampleEligibility,
  examplePolicy,
  examplePolicyBody,
  examplePolicyDetail,
} from './examples.ts'
import { listEligiblePolicies } from './list-eligible-policies.ts'
import { listPolicies } from './list-policies.ts'
import type { PolicyId } from './policy-repo.ts'
import { toEligiblePolicy, toPolicy, toPolicyCheck, toPolicyDetail } from './present.ts'
import { publishPolicy } from './publish-policy.ts'
import { readPolicy } from './read-policy.ts'
import { redemptionRoutes } from './redemption-routes.ts'
import {
  checkPolicyBody,
  createPolicyBody,
  listPoliciesQuery,
  patchPolicyBody,
  policiesResponse,
  policyCheckResponse,
  policyDetailResponse,
  readPolicyQuery,
} from './schemas.ts'
import { withdrawPolicy } from './withdraw-policy.ts'

const tag = 'Policies'
const params = z.object({ id: idSchema('policy') })

/** Policies as dated rules with what they pay, and what enterprises claimed under them. */
export function policyRoutes(api: Api, deps: { clock: Clock }): void {
  readRoutes(api, deps)
  deskRoutes(api, deps)
  redemptionRoutes(api, deps)
}

function readRoutes(api: Api, { clock }: { clock: Clock }): void {
  const today = () => chinaDay(clock.now())
  api.get('/v1/policies', {
    ...{ operationId: 'listPolicies', summary: 'Policies in force, also with what they say of an organisation', tag },
    permission: 'policy.read',
    ...{ query: listPoliciesQuery, response: policiesResponse, errors: ['NOT_FOUND', 'UNAUTHENTICATED'] },
    example: {
      response: {
        data: [{ ...examplePolicy, eligibility: exampleEligibility }],
        page: { nextCursor: null, hasMore: false },
      },
    },
    handle: async ({ db, viewer, query, pager }) => {
      const { eligibleFor: organisationId, limit: _limit, cursor: _cursor, ...filter } = query
      const page = pager.request(query)
      if (organisationId === undefined) {
        return { body: pager.answer(await listPolicies({ db, clock }, viewer, { ...filter, page }), toPolicy) }
      }
      const asked = { organisationId, category: filter.category, page }
      const found = await listEligiblePolicies({ db, clock }, assertReadsEligibility(viewer), asked)
      const seen = { facts: found.facts, today: today() }
      return { body: pager.answer(found.page, (one) => toEligiblePolicy(one, seen)) }
    },
  })
  api.get('/v1/policies/:id', {
    ...{ operationId: 'readPolicy', summary: 'A policy as it holds today or on another day, with its versions', tag },
    permission: 'policy.read',
    ...{ params, query: readPolicyQuery, response: policyDetailResponse },
    example: { response: examplePolicyDetail },
    handle: ({ db, viewer, params: { id }, query }) => answer({ db, clock, viewer }, id, query.on),
  })
  api.post('/v1/policies/:id/checks', {
    ...{
      operationId: 'checkPolicy',
      summary: 'One policy rule by rule, also under assumptions, and what it pays',
      tag,
    },
    description: 'Stores nothing. With a loan and its year, what an interest subsidy comes to.',
    permission: 'eligibility.read',
    ...{ params, body: checkPolicyBody, response: policyCheckResponse, idempotency: 'none' },
    example: { body: { assumptions: [{ field: 'rdStaff', add: 3 }] }, response: exampleCheck },
    handle: async ({ db, actor, params: { id }, body }) => {
      const checked = await checkPolicy({ db, clock }, actor, { policyId: id, ...body })
      return { body: toPolicyCheck(checked, { facts: checked.facts, today: today() }) }
    },
  })
}

function deskRoutes(api: Api, { clock }: { clock: Clock }): void {
  api.post('/v1/policies', {
    ...{ operationId: 'createPolicy', summary: 'Store a policy as a draft (operator)', tag },
    description: 'Rules are checked; what is wrong is named with its place in them.',
    permission: 'policy.manage',
    ...{ body: createPolicyBody, status: 201, response: policyDetailResponse },
    errors: ['NOT_FOUND', 'EXTERNAL_ID_TAKEN'],
    example: { body: examplePolicyBody, response: { ...exampleDraft, versions: [] } },
    handle: async ({ db, actor, body }) => {
      const { id } = await createPolicy({ db, clock }, actor, body)
      return { ...(await answer({ db, clock, viewer: actor }, id)), headers: { location: `/v1/policies/${id}` } }
    },
  })
  api.patch('/v1/policies/:id', {
    ...{ operationId: 'updatePolicy', summary: 'Change the draft by JSON merge patch, or begin the next version', tag },
    description:
      'A published version stays as it is and in force until the next one is published and its day has come.',
    permission: 'policy.manage',
    ...{ params, body: patchPolicyBody, response: policyDetailResponse, ifMatch: 'required' },
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: {
      body: { summary: '最高补助提高至1500万元。', effectiveFrom: '2027-01-01' },
      response: examplePolicyDetail,
    },
    handle: async ({ db, actor, params: { id }, body: patch, ifMatch }) => {
      await editPolicy({ db, clock }, actor, { id, ifMatch, patch })
      return answer({ db, clock, viewer: actor }, id)
    },
  })
  const verbs = [
    ['publish', 'Put the draft in force from its day on, for good (operator)', publishPolicy],
    ['withdraw', 'End a policy; claims made before are decided as before (operator)', withdrawPolicy],
  ] as const
  for (const [verb, summary, run] of verbs) {
    api.post(`/v1/policies/:id/${verb}`, {
      ...{ operationId: `${verb}Policy`, summary, tag, permission: 'policy.manage' },
      ...{ params, response: policyDetailResponse, ifMatch: 'optional', errors: ['TRANSITION_NOT_ALLOWED'] },
      example: { response: examplePolicyDetail },
      handle: async ({ db, actor, params: { id }, ifMatch }) => {
        await run({ db, clock }, actor, { id, ifMatch })
        return answer({ db, clock, viewer: actor }, id)
      },
    })
  }
}

async function answer(deps: { db: Db; clock: Clock; viewer: Viewer }, id: PolicyId, on?: string) {
  const view = await readPolicy(deps, deps.viewer, { id, on })
  return { body: toPolicyDetail(view), etag: etagOf(view.policy.version, view.draft ? 'full' : 'teaser') }
}
