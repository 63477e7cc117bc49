import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type BrokerView, getBrokerView } from './broker-view.ts'
import { brokerRelation, maySeeAll } from './policy.ts'

export type SeenBroker = { view: BrokerView; isFull: boolean }

/** Any broker who can sign in, as far as the actor may see. @throws NOT_FOUND */
export async function readBroker(deps: { db: Db }, actor: Principal, id: Id<'user'>): Promise<SeenBroker> {
  const view = await getBrokerView(deps.db, id)
  return { view, isFull: maySeeAll(await brokerRelation(deps.db, actor, view)) }
}
