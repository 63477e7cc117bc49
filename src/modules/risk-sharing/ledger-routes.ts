import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import type { Clock } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { contribute } from './contribute.ts'
import { exampleContribution, exampleJournal, exampleRecovery } from './examples.ts'
import { toJournal } from './present.ts'
import { readLedger } from './read-pool.ts'
import { recover } from './recover.ts'
import { contributeBody, journalResponse, journalsResponse, pagedQuery, recoverBody } from './schemas.ts'

const tag = 'Risk sharing'
const params = z.object({ id: idSchema('riskPool') })

/** The money of a pool by double entry; compensations are booked by the applications that they are for. */
export function ledgerRoutes(api: Api, deps: { clock: Clock }): void {
  const shared = { tag, params, permission: 'risk_pool.manage' } as const
  api.get('/v1/risk-pools/:id/ledger', {
    ...shared,
    ...{ operationId: 'readRiskPoolLedger', summary: 'Every movement of a pool’s money, newest first (operator)' },
    ...{ query: pagedQuery, response: journalsResponse },
    example: { response: { data: [exampleJournal], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, params: { id }, query, pager }) => {
      const page = await readLedger(db, actor, { poolId: id, page: pager.request(query) })
      return { body: pager.answer(page, toJournal) }
    },
  })
  api.post('/v1/risk-pools/:id/contributions', {
    ...shared,
    ...{ operationId: 'contributeToRiskPool', summary: 'Record what a party paid into a pool (operator)' },
    ...{ body: contributeBody, status: 201, response: journalResponse, idempotency: 'required' },
    example: { body: exampleContribution, response: exampleJournal },
    handle: async ({ db, actor, params: { id }, body }) => ({
      body: toJournal(await contribute({ ...deps, db }, actor, { poolId: id, ...body })),
    }),
  })
  api.post('/v1/risk-pools/:id/recoveries', {
    ...shared,
    ...{ operationId: 'recoverForRiskPool', summary: 'Record what a debtor paid after the pool did (operator)' },
    ...{ body: recoverBody, status: 201, response: journalResponse, idempotency: 'required' },
    errors: ['LIMIT_EXCEEDED'],
    example: {
      body: exampleRecovery,
      response: {
        ...{ ...exampleJournal, kind: 'recovery', applicationId: exampleRecovery.applicationId, reference: null },
        entries: [
          { account: 'cash', party: null, side: 'debit', amountFen: 5_000_000 },
          { account: 'recovered', party: 'government', side: 'credit', amountFen: 5_000_000 },
        ],
      },
    },
    handle: async ({ db, actor, params: { id }, body }) => ({
      body: toJournal(await recover({ ...deps, db }, actor, { poolId: id, ...body })),
    }),
  })
}
