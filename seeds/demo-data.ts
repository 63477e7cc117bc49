import { z } from 'zod'
import { roles } from '../src/kernel/permissions.ts'
import { organisationKinds } from '../src/kernel/principal.ts'
import demands from './demo/demands.json' with { type: 'json' }
import financeProducts from './demo/finance-products.json' with { type: 'json' }
import markets from './demo/markets.json' with { type: 'json' }
import organisations from './demo/organisations.json' with { type: 'json' }
import supplies from './demo/supplies.json' with { type: 'json' }

const organisation = z.object({
  key: z.string(),
  kind: z.enum(organisationKinds),
  name: z.string(),
  shortName: z.string().optional(),
  market: z.string(),
  region: z.string(),
  uscc: z.string(),
  introduction: z.string().optional(),
  verified: z.boolean(),
  users: z.array(z.object({ email: z.string(), displayName: z.string(), role: z.enum(roles) })).min(1),
})
export type DemoOrganisation = z.output<typeof organisation>

const listing = z.object({
  ...{ key: z.string(), org: z.string(), listing: z.record(z.string(), z.unknown()) },
  /** The risk pool that guarantees it, of finance products. */
  pool: z.string().optional(),
})
export type DemoListing = z.output<typeof listing>

const market = z.object({
  code: z.string(),
  parent: z.string().optional(),
  name: z.object({ zh: z.string(), en: z.string() }),
  region: z.string(),
  rules: z.record(z.string(), z.unknown()),
})

/** The demo of three markets: facts of the press documents in our own words, everything invented marked as such. */
export const demoData = {
  markets: z.array(market).parse(markets),
  organisations: z.array(organisation).parse(organisations),
  supplies: z.array(listing).parse(supplies),
  demands: z.array(listing).parse(demands),
  financeProducts: z.array(listing).parse(financeProducts),
}

/** Operators come first: they verify the others. */
export function operatorsFirst(all: readonly DemoOrganisation[]): [DemoOrganisation[], DemoOrganisation[]] {
  const isOperator = ({ kind }: DemoOrganisation) => kind === 'market_operator'
  return [all.filter(isOperator), all.filter((organisation) => !isOperator(organisation))]
}
