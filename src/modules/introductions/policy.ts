import { AppError, notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Party, Side } from './domain/introduction.ts'
import type { Introduction } from './introduction-repo.ts'

/** How somebody stands to an introduction. */
export type Relation = Side | 'broker' | 'operator'

type Parties = Pick<Introduction, 'demandOrgId' | 'supplyOrgId' | 'brokerId'>

/**
 * @param line the introduction's market and everything above it: operators of those see the state, and nothing of what the
 * sides tell each other. @returns undefined for everybody else.
 */
export function relationTo(introduction: Parties, actor: Principal, line: readonly string[]): Relation | undefined {
  if (actor.orgId === introduction.demandOrgId) return 'demand'
  if (actor.orgId === introduction.supplyOrgId) return 'supply'
  if (actor.userId === introduction.brokerId) return 'broker'
  return actor.role === 'operator' && line.includes(actor.market) ? 'operator' : undefined
}

/** @throws NOT_FOUND for outsiders: the introduction does not exist for them. */
export function assertRelated(relation: Relation | undefined): Relation {
  if (relation === undefined) throw notFound('introduction')
  return relation
}

/** @throws FORBIDDEN for brokers and operators, who know of the introduction but are no side of it. */
export function assertSide(relation: Relation): Side {
  if (relation === 'demand' || relation === 'supply') return relation
  throw new AppError('FORBIDDEN', 'Only the two sides of the introduction may do this.')
}

/** @throws FORBIDDEN for the sides, who may ask for another broker and not choose one. */
export function assertMayReplaceBroker(relation: Relation): 'broker' | 'operator' {
  if (relation === 'broker' || relation === 'operator') return relation
  throw new AppError('FORBIDDEN', 'Only the broker and operators of the market may do this.')
}

/** @throws FORBIDDEN for operators, who look on. */
export function assertParty(relation: Relation): Party {
  if (relation !== 'operator') return relation
  throw new AppError('FORBIDDEN', 'Only the two sides and their broker may do this.')
}
