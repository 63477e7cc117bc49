import { z } from 'zod'
import type { Api } from '../../http/route.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { idSchema } from '../../kernel/ids.ts'
import { checkEligibility } from './check-eligibility.ts'
import { exampleCheck, exampleEligible, examplePlans } from './examples.ts'
import { listEligibleProducts } from './list-eligible-products.ts'
import { listFinancingOptions } from './list-financing-options.ts'
import { toEligibilityCheck, toEligibleProduct, toFinancingOptions, toFinancingPlans } from './present.ts'
import { readFinancingPlan } from './read-financing-plan.ts'
import {
  checkEligibilityBody,
  eligibilityCheckResponse,
  eligibleProductsResponse,
  financingOptionsResponse,
  financingPlanResponse,
  listEligibleQuery,
  planQuery,
} from './schemas.ts'

const shared = { tag: 'Financing', permission: 'eligibility.read' } as const

/** Which money an organisation may have, and how it pays for a match. Nothing here stores anything. */
export function eligibilityRoutes(api: Api, { clock }: { clock: Clock }): void {
  const today = () => chinaDay(clock.now())
  api.get('/v1/finance-products/eligibility', {
    ...shared,
    ...{ operationId: 'listEligibleProducts', summary: 'Which finance products an organisation may have, and why' },
    description:
      'Of its market, the ones above and below. Yes first, then what needs evidence, then no. The short form of ' +
      'GET /v1/finance-products?eligibleFor=, with filters by answer and kind.',
    ...{ query: listEligibleQuery, response: eligibleProductsResponse },
    errors: ['NOT_FOUND'],
    example: { response: { data: [exampleEligible], page: { nextCursor: null, hasMore: false } } },
    handle: async ({ db, actor, query, pager }) => {
      const { eligibleFor: organisationId = actor.orgId, answer, kind } = query
      const input = { organisationId, answer, kind, page: pager.request(query) }
      const { page, facts } = await listEligibleProducts({ db, clock }, actor, input)
      return { body: pager.answer(page, (one) => toEligibleProduct(one, { facts, today: today() })) }
    },
  })
  api.post('/v1/finance-products/:id/eligibility-checks', {
    ...shared,
    ...{ operationId: 'checkEligibility', summary: 'One product rule by rule, also under assumptions' },
    description: 'Stores nothing: “if we had three more R&D staff” changes nothing but this answer.',
    ...{ params: z.object({ id: idSchema('financeProduct') }), body: checkEligibilityBody },
    ...{ response: eligibilityCheckResponse, idempotency: 'none' },
    example: { body: { assumptions: [{ field: 'rdStaff', add: 3 }] }, response: exampleCheck },
    handle: async ({ db, actor, params: { id }, body }) => {
      const checked = await checkEligibility({ db, clock }, actor, { productId: id, ...body })
      return { body: toEligibilityCheck(checked, { facts: checked.facts, today: today() }) }
    },
  })
  api.get('/v1/demands/:id/financing-options', {
    ...shared,
    ...{ operationId: 'listFinancingOptions', summary: 'Money that could pay for a demand' },
    description: 'For the demand’s owner and its operator: every product that is not refused.',
    ...{ params: z.object({ id: idSchema('demand') }), query: planQuery, response: financingOptionsResponse },
    example: {
      response: { priceFen: 100_000_000, data: [{ ...exampleEligible, role: 'debt', bringsFen: 70_000_000 }] },
    },
    handle: async ({ db, actor, params: { id }, query }) => {
      const found = await listFinancingOptions({ db, clock }, actor, { demandId: id, priceFen: query.priceFen })
      return { body: toFinancingOptions(found, { facts: found.facts, today: today() }) }
    },
  })
  api.get('/v1/matches/:id/financing-plan', {
    ...shared,
    ...{ operationId: 'readFinancingPlan', summary: 'The plan that pays for a match with the least cash now' },
    description:
      'At most one product for each role. Best is: least cash now, then least given up in shares, then least own money ' +
      'over the whole life, then fewest products, then the smaller ids. For the demand’s owner and its operator.',
    ...{ params: z.object({ id: idSchema('match') }), query: planQuery, response: financingPlanResponse },
    example: { response: examplePlans },
    handle: async ({ db, actor, params: { id }, query }) => {
      const found = await readFinancingPlan({ db, clock }, actor, { matchId: id, priceFen: query.priceFen })
      return { body: toFinancingPlans(found, { facts: found.facts, today: today() }) }
    },
  })
}
