import { type Clock, chinaDay } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { type Id, idSchema } from '../../kernel/ids.ts'
import type { ListLens } from '../listings/index.ts'
import { marketTree } from '../markets/index.ts'
import { assertReadsEligibility } from './assert-reads-eligibility.ts'
import { listEligibleProducts } from './list-eligible-products.ts'
import { toEligibleProduct } from './present.ts'

/** `GET /v1/finance-products?eligibleFor=`: the list in the order of eligibility, with the answer for each product. */
export function eligibilityLens({ clock }: { clock: Clock }): ListLens {
  return {
    parameter: 'eligibleFor',
    value: idSchema('organisation').meta({
      description: 'Puts those first that this organisation may have, and says why. For itself and its operator.',
    }),
    async read({ db, viewer, query, page }, value) {
      const { market, field, region, mine, state } = query
      if (mine !== undefined || (state !== undefined && state !== 'published')) throw onlyPublished()
      const markets = market === undefined ? undefined : await marketTree(db, market)
      const input = { organisationId: value as Id<'organisation'>, page, within: { markets, field, region } }
      const found = await listEligibleProducts({ db, clock }, assertReadsEligibility(viewer), input)
      const seen = { facts: found.facts, today: chinaDay(clock.now()) }
      const { items, ...rest } = found.page
      return {
        ...rest,
        items: items.map((one) => {
          const { product, ...eligibility } = toEligibleProduct(one, seen)
          return { id: one.product.id, added: { eligibility } }
        }),
      }
    },
  }
}

function onlyPublished(): AppError {
  const message = 'only products on offer are judged: leave mine and state out'
  return new AppError('VALIDATION_FAILED', 'eligibleFor does not go with these filters.', {
    errors: [{ location: 'query', pointer: '#/eligibleFor', code: 'filters', message }],
  })
}
