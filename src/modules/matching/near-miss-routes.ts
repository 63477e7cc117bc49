import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { findNearMisses } from './find-near-misses.ts'
import { demandNearMissesExample, supplyNearMissesExample } from './near-miss-examples.ts'
import { toNearMissesResponse } from './near-miss-present.ts'
import { demandNearMissesResponse, nearMissesQuery, supplyNearMissesResponse } from './near-miss-schemas.ts'

const sides = [
  {
    path: '/v1/demands/:id/near-misses',
    entity: 'demand',
    operationId: 'findDemandNearMisses',
    response: demandNearMissesResponse,
    example: demandNearMissesExample,
  },
  {
    path: '/v1/supplies/:id/near-misses',
    entity: 'supply',
    operationId: 'findSupplyNearMisses',
    response: supplyNearMissesResponse,
    example: supplyNearMissesExample,
  },
] as const

export function nearMissRoutes(api: Api, deps: { clock: Clock }): void {
  for (const { path, entity, operationId, response, example } of sides) {
    api.get(path, {
      operationId,
      summary: `Why a ${entity} has no more matches, and the smallest changes that would open some`,
      description: `For its owner, and for brokers and operators of its market. Only changes on the ${entity}'s own side.`,
      tag: 'Matching',
      permission: 'match.read',
      params: z.object({ id: idSchema(entity) }),
      query: nearMissesQuery,
      response,
      example: { response: example },
      handle: async ({ db, actor, params: { id }, query: { limit = 10, relaxations = 2, opens } }) => {
        const found = await findNearMisses({ ...deps, db }, actor, { id, limit, relaxations, opens })
        return { body: toNearMissesResponse(found) }
      },
    })
  }
}
