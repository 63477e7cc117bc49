import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { replaceBroker } from './replace-broker.ts'
import { restoreDisclosure } from './restore-disclosure.ts'
import { replaceBrokerBody } from './schemas.ts'

const tag = 'Introductions'
const params = z.object({ id: idSchema('introduction') })

/** Who looks after an introduction, and what its sides open to the others again. */
export function brokerRoutes(api: Api, deps: { clock: Clock }): void {
  api.post('/v1/introductions/:id/broker', {
    operationId: 'replaceIntroductionBroker',
    summary: 'Hand an introduction over to another broker',
    description:
      'For its broker and for operators of its market, while it has not ended. The other must be a broker of the market or of one above it, without a conflict of interest with a side. Both sides and both brokers are told; what the one could read, the other can.',
    tag,
    permission: 'introduction.take_part',
    params,
    body: replaceBrokerBody,
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: { body: { brokerId: 'usr_01k9w3ynwzf5yr8t6x2m4q7c0g', reasonCode: 'no_capacity' } },
    handle: async ({ db, actor, params: { id }, body }) => {
      await replaceBroker({ ...deps, db }, actor, { ...body, id })
      return { body: undefined }
    },
  })
  api.post('/v1/introductions/:id/disclosure-grants/:grantId/restore', {
    operationId: 'restoreIntroductionDisclosure',
    summary: 'Give back a right to read your confidential detail that you took back',
    description:
      'While the introduction goes on; nobody signs again for it. A right that ended with its introduction, or with its broker, does not come back.',
    tag,
    permission: 'disclosure.manage',
    params: z.object({ ...params.shape, grantId: idSchema('disclosureGrant') }),
    errors: ['TRANSITION_NOT_ALLOWED'],
    example: {},
    handle: async ({ db, actor, params: { id, grantId } }) => {
      await restoreDisclosure({ ...deps, db }, actor, { id, grantId })
      return { body: undefined }
    },
  })
}
