import type { Db } from '../../db/client.ts'
import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'
import { type Introduction, lockIntroduction } from './introduction-repo.ts'
import { assertRelated, type Relation, relationTo } from './policy.ts'

/** The introduction, locked, and how the actor stands to it. @throws NOT_FOUND also for outsiders. */
export async function holdIntroduction(
  tx: Tx,
  actor: Principal,
  id: Id<'introduction'>,
): Promise<{ introduction: Introduction; relation: Relation }> {
  const introduction = await lockIntroduction(tx, id)
  return { introduction, relation: await relationOf(tx, actor, introduction) }
}

/** Only operators cost a look at the markets. @throws NOT_FOUND for outsiders. */
export async function relationOf(db: Db, actor: Principal, introduction: Introduction): Promise<Relation> {
  const line = actor.role === 'operator' ? await marketAncestors(db, introduction.market) : []
  return assertRelated(relationTo(introduction, actor, line))
}
