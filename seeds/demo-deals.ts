import { z } from 'zod'
import type { Deps } from '../src/deps.ts'
import { addDays, chinaDay } from '../src/kernel/clock.ts'
import type { Principal } from '../src/kernel/principal.ts'
import {
  confirmTerms,
  createDeal,
  type Deal,
  listDealsOf,
  moveDeal,
  updateDeal,
  updateDealBody,
} from '../src/modules/deals/index.ts'

type SeedDeps = Pick<Deps, 'db' | 'clock'>
type Parties = { broker: Principal; provider: Principal; acquirer: Principal }
type Step = (deal: Deal) => Promise<Deal>

export const dealPlan = z.object({
  title: z.string(),
  intentAmountFen: z.int(),
  until: z.enum(['intent', 'negotiating', 'registered']),
  /** Terms as in the API, but days as `+30`: so many after today. */
  terms: z.record(z.string(), z.unknown()).optional(),
})
type DealPlan = z.output<typeof dealPlan>

/** Each step is one version of the deal, so the version says which comes next. */
export async function seedDeal(deps: SeedDeps, parties: Parties, plan: DealPlan): Promise<void> {
  const { broker, provider, acquirer } = parties
  const { items: known } = await listDealsOf(deps.db, { ...broker, markets: [] }, { page: { limit: 100 } })
  const { title, intentAmountFen } = plan
  const source = { kind: 'direct', providerOrgId: provider.orgId, acquirerOrgId: acquirer.orgId } as const
  let deal =
    known.find((one) => one.title === title) ??
    (await createDeal(deps, broker, { source, title, intentAmountFen })).deal
  for (const step of stepsOf(deps, parties, plan).slice(deal.version - 1)) deal = await step(deal)
}

function stepsOf(deps: SeedDeps, { broker, provider, acquirer }: Parties, { until, terms }: DealPlan): Step[] {
  const dayIn = (days: number) => chinaDay(addDays(deps.clock.now(), days))
  const change = updateDealBody.parse({
    ...inDays(terms ?? {}, dayIn),
    ...(terms?.pricing === 'agreement' && { publicity: { from: dayIn(-90), place: '单位官网与公告栏' } }),
  })
  const confirm =
    (side: Principal): Step =>
    ({ id, termsVersion }) =>
      confirmTerms(deps, side, { id, termsVersion })
  const negotiation: Step[] = [
    ({ id }) => moveDeal(deps, broker, { id, action: 'negotiate' }),
    ({ id, version }) => updateDeal(deps, broker, { id, version, change }),
  ]
  const contract: Step[] = [
    confirm(acquirer),
    confirm(provider),
    ({ id }) => moveDeal(deps, broker, { id, action: 'sign', signedOn: dayIn(-20), contractNo: 'DEMO-0001' }),
    (deal) => register(deps, broker, deal, dayIn(-8)),
  ]
  if (until === 'intent') return []
  return until === 'negotiating' ? negotiation : [...negotiation, ...contract]
}

/** Certified as it was signed. */
function register(deps: SeedDeps, broker: Principal, deal: Deal, registeredOn: string): Promise<Deal> {
  const { id, contractAmountFen, technologyAmountFen, technologyIncomeFen } = deal
  return moveDeal(deps, broker, {
    ...{ id, action: 'register', registeredOn, certificateNo: 'DEMO-2026-0001', registrar: '示范技术合同登记机构' },
    contractAmountFen: contractAmountFen ?? 0,
    technologyAmountFen: technologyAmountFen ?? 0,
    technologyIncomeFen: technologyIncomeFen ?? 0,
  })
}

/** A demo that is started next year has its days next year. */
function inDays(terms: Record<string, unknown>, dayIn: (days: number) => string): Record<string, unknown> {
  const text = JSON.stringify(terms).replace(/"\+(\d+)"/g, (_, days: string) => JSON.stringify(dayIn(Number(days))))
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
}
