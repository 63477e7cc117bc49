import type { Db } from '../../db/client.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import type { Organisation } from './organisation-repo.ts'
import { type Relation, relationOf } from './policy.ts'

/** How the actor stands to the organisation; only operators cost a look at the markets. */
export async function loadRelation(db: Db, actor: Principal, organisation: Organisation): Promise<Relation> {
  const ancestors = actor.role === 'operator' ? await marketAncestors(db, organisation.market) : []
  return relationOf(actor, organisation, ancestors)
}
