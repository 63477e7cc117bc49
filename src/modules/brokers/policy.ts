import type { Db } from '../../db/client.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import type { BrokerView } from './broker-view.ts'

/** How somebody stands to a broker. */
export type BrokerRelation = {
  isSelf: boolean
  /** The owner of the broker's firm. */
  isEmployer: boolean
  /** An operator of the market in which the broker works, or of one above it. */
  isOperator: boolean
}

export async function brokerRelation(db: Db, actor: Principal, { profile, organisation }: BrokerView) {
  const ancestors = actor.role === 'operator' ? await marketAncestors(db, organisation.market) : []
  return relationTo(actor, { profile, organisation }, ancestors)
}

/** @param ancestors the broker's market and all above it; only asked for operators. */
export function relationTo(
  actor: Principal,
  { profile, organisation }: Pick<BrokerView, 'profile' | 'organisation'>,
  ancestors: readonly string[],
): BrokerRelation {
  return {
    isSelf: actor.userId === profile.userId,
    isEmployer: actor.role === 'owner' && actor.orgId === organisation.id,
    isOperator: actor.role === 'operator' && ancestors.includes(actor.market),
  }
}

/** Load, certificates' numbers and deeds; everybody else who is signed in sees what a business card shows. */
export function maySeeAll({ isSelf, isEmployer, isOperator }: BrokerRelation): boolean {
  return isSelf || isEmployer || isOperator
}
