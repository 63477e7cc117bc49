import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketAncestors } from '../markets/index.ts'

/** Whether the actor keeps the pools of a market: an operator of it or of one above. */
export async function keepsPools(db: Db, actor: Principal, market: string): Promise<boolean> {
  return actor.role === 'operator' && (await marketAncestors(db, market)).includes(actor.market)
}

/** @throws NOT_FOUND for everybody else. */
export async function assertKeepsPools(db: Db, actor: Principal, market: string): Promise<void> {
  if (!(await keepsPools(db, actor, market))) throw notFound('risk pool')
}
