import type { Db } from '../../db/client.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import type { Deal } from './deal-repo.ts'

/** How somebody stands to a deal. */
export type DealRelation = 'provider' | 'acquirer' | 'broker' | 'operator'

type Involved = Pick<Deal, 'providerOrgId' | 'acquirerOrgId' | 'brokers'>

/** @param line the deal's market and everything above it. @returns undefined for outsiders. */
export function relationTo(deal: Involved, actor: Principal, line: readonly string[]): DealRelation | undefined {
  if (actor.orgId === deal.providerOrgId) return 'provider'
  if (actor.orgId === deal.acquirerOrgId) return 'acquirer'
  if (deal.brokers.some(({ userId }) => userId === actor.userId)) return 'broker'
  return actor.role === 'operator' && line.includes(actor.market) ? 'operator' : undefined
}

/** @throws NOT_FOUND for outsiders: the deal does not exist for them. */
export async function loadDealRelation(db: Db, actor: Principal, deal: Deal): Promise<DealRelation> {
  const line = actor.role === 'operator' ? await marketAncestors(db, deal.market) : []
  const relation = relationTo(deal, actor, line)
  if (relation === undefined) throw notFound('deal')
  return relation
}

/** @throws FORBIDDEN for brokers and operators, who cannot speak for a side. */
export function assertSide(relation: DealRelation): 'provider' | 'acquirer' {
  if (relation === 'provider' || relation === 'acquirer') return relation
  throw new AppError('FORBIDDEN', 'Only the two sides of the deal confirm its terms.')
}

/** @throws FORBIDDEN for the sides: who brokered a deal is not theirs to say. */
export function assertAttributes(relation: DealRelation): void {
  if (relation === 'broker' || relation === 'operator') return
  throw new AppError('FORBIDDEN', 'The shares of the brokers are set by the broker of the deal or by the operator.')
}
