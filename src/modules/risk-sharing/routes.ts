import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { etagOf } from '../../kernel/etag.ts'
import { idSchema } from '../../kernel/ids.ts'
import { changePoolState } from './change-pool-state.ts'
import { createPool } from './create-pool.ts'
import { examplePool, examplePoolBody } from './examples.ts'
import { ledgerRoutes } from './ledger-routes.ts'
import { memberRoutes } from './member-routes.ts'
import { getPool, type RiskPool } from './pool-repo.ts'
import { toPool } from './present.ts'
import { readPools } from './read-pool.ts'
import { changePoolStateBody, createPoolBody, listPoolsQuery, poolResponse, poolsResponse } from './schemas.ts'

const tag = 'Risk sharing'
const params = z.object({ id: idSchema('riskPool') })

/** Pools that bear their part of losses: terms and sums for everybody signed in, the rest for their desk. */
export function riskPoolRoutes(api: Api, deps: { clock: Clock }): void {
  api.get('/v1/risk-pools', {
    ...{ operationId: 'listRiskPools', summary: 'Risk pools with their terms and sums, newest first', tag },
    permission: 'risk_pool.read',
    ...{ query: listPoolsQuery, response: poolsResponse, errors: ['NOT_FOUND'] },
    example: { response: { data: [examplePool], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, query, pager }) => {
      const page = await readPools(db, { market: query.market, page: pager.request(query) })
      return { body: pager.answer(page, toPool) }
    },
  })
  api.get('/v1/risk-pools/:id', {
    ...{ operationId: 'readRiskPool', summary: 'Read a risk pool', tag, permission: 'risk_pool.read' },
    ...{ params, response: poolResponse },
    example: { response: examplePool },
    handle: async ({ db, params: { id } }) => answer(await getPool(db, id)),
  })
  api.post('/v1/risk-pools', {
    ...{ operationId: 'createRiskPool', summary: 'Open a risk pool (operator)', tag, permission: 'risk_pool.manage' },
    description: 'A fund 风险补偿资金池 for enrolled enterprises, or a pool for batches 总对总批量担保.',
    ...{ body: createPoolBody, status: 201, response: poolResponse },
    errors: ['NOT_FOUND', 'SHARES_DO_NOT_SUM', 'EXTERNAL_ID_TAKEN'],
    example: { body: examplePoolBody, response: examplePool },
    handle: async ({ db, actor, body }) => answer(await createPool({ ...deps, db }, actor, body)),
  })
  api.post('/v1/risk-pools/:id/state', {
    ...{ operationId: 'changeRiskPoolState', summary: 'Suspend, resume or close a pool (operator)', tag },
    description: 'What it guarantees already it goes on to stand for.',
    permission: 'risk_pool.manage',
    ...{ params, body: changePoolStateBody, response: poolResponse, errors: ['TRANSITION_NOT_ALLOWED'] },
    example: { body: { action: 'suspend' }, response: { ...examplePool, state: 'suspended' } },
    handle: async ({ db, actor, params: { id }, body }) =>
      answer(await changePoolState({ ...deps, db }, actor, { id, ...body })),
  })
  memberRoutes(api, deps)
  ledgerRoutes(api, deps)
}

function answer(pool: RiskPool) {
  return { body: toPool(pool), etag: etagOf(pool.version) }
}
