import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { clarityExample } from './clarity-example.ts'
import { toClarityResponse } from './clarity-present.ts'
import { clarityResponse } from './clarity-schemas.ts'
import { readClarity } from './read-clarity.ts'

export function clarityRoutes(api: Api, deps: { clock: Clock }): void {
  api.get('/v1/demands/:id/clarity', {
    operationId: 'readDemandClarity',
    summary: 'How well a demand is specified, and the best question to ask next',
    description: 'For its owner, and for brokers and operators of its market.',
    tag: 'Matching',
    permission: 'match.read',
    params: z.object({ id: idSchema('demand') }),
    response: clarityResponse,
    example: { response: clarityExample },
    handle: async ({ db, actor, params: { id } }) => ({
      body: toClarityResponse(await readClarity({ ...deps, db }, actor, id)),
    }),
  })
}
