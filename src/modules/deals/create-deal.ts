import { AppError, notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { getOrganisation } from '../identity/index.ts'
import { getIntroduction, isMutual, relationTo } from '../introductions/index.ts'
import { findListings } from '../listings/index.ts'
import { marketTree } from '../markets/index.ts'
import type { DealDeps } from './change-deal.ts'
import type { Deal } from './deal-repo.ts'
import { openDeal } from './open-deal.ts'
import type { CreateDeal } from './schemas.ts'

type Opened = { deal: Deal; isNew: boolean }

/**
 * Opens a deal by hand: either side or the broker from an introduction that both sides accepted, the desk of a market for a
 * deal that came about elsewhere. @throws NOT_FOUND; TRANSITION_NOT_ALLOWED while a side has not accepted; FORBIDDEN.
 */
export function createDeal(deps: DealDeps, actor: Principal, input: CreateDeal): Promise<Opened> {
  return 'introductionId' in input.source
    ? fromIntroduction(deps, actor, { ...input, source: input.source })
    : recordDirect(deps, actor, { ...input, source: input.source })
}

type FromIntroduction = CreateDeal & { source: Extract<CreateDeal['source'], { kind: 'introduction' }> }
type Direct = CreateDeal & { source: Extract<CreateDeal['source'], { kind: 'direct' }> }

async function fromIntroduction(deps: DealDeps, actor: Principal, input: FromIntroduction): Promise<Opened> {
  const introduction = await getIntroduction(deps.db, input.source.introductionId)
  // Operators look on; a deal is opened by those who make it.
  if (relationTo(introduction, actor, []) === undefined) throw notFound('introduction')
  if (!isMutual(introduction)) {
    throw new AppError('TRANSITION_NOT_ALLOWED', 'A deal needs an introduction that both sides have accepted.', {
      details: { state: introduction.state, allowedActions: [] },
    })
  }
  const { demandId, supplyId, demandOrgId, supplyOrgId, brokerId, market } = introduction
  const listings = await findListings(deps.db, [demandId])
  return openDeal(deps, {
    ...{ source: input.source, market, demandId, supplyId, createdBy: actor.userId },
    title: input.title ?? listings[0]?.content.title ?? '技术合作',
    providerOrgId: supplyOrgId,
    acquirerOrgId: demandOrgId,
    brokers: [{ userId: brokerId, shareBp: 10_000 }],
    intentAmountFen: input.intentAmountFen ?? null,
  })
}

async function recordDirect(deps: DealDeps, actor: Principal, input: Direct): Promise<Opened> {
  if (actor.role !== 'broker' && actor.role !== 'operator') {
    throw new AppError('FORBIDDEN', 'Deals without an introduction are recorded by brokers and operators.')
  }
  const { providerOrgId, acquirerOrgId, kind } = input.source
  const [provider, acquirer] = [
    await getOrganisation(deps.db, providerOrgId),
    await getOrganisation(deps.db, acquirerOrgId),
  ]
  const desk = await marketTree(deps.db, actor.market)
  // One side has to be of the own market: nobody records what other markets do among themselves.
  const market = [acquirer.market, provider.market].find((code) => desk.includes(code))
  if (market === undefined) throw notFound('organisation')
  return openDeal(deps, {
    ...{ source: { kind }, market, providerOrgId, acquirerOrgId, createdBy: actor.userId },
    title: input.title ?? `${provider.name} · ${acquirer.name}`,
    brokers: actor.role === 'broker' ? [{ userId: actor.userId, shareBp: 10_000 }] : [],
    intentAmountFen: input.intentAmountFen ?? null,
  })
}
