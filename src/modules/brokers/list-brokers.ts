import type { Db } from '../../db/client.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketTree } from '../markets/index.ts'
import { listBrokerViews } from './broker-view.ts'
import { maySeeAll, relationTo } from './policy.ts'
import type { SeenBroker } from './read-broker.ts'
import type { ListBrokersQuery } from './schemas.ts'

/** Brokers who can sign in; each as far as the actor may see. */
export async function listBrokers(
  deps: { db: Db },
  actor: Principal,
  { query, page }: { query: ListBrokersQuery; page: PageRequest },
): Promise<PageOf<SeenBroker>> {
  const { market, field, grade } = query
  const markets = market === undefined ? undefined : await marketTree(deps.db, market)
  const views = await listBrokerViews(deps.db, { markets, field, grade }, page)
  // A market lies below the actor's exactly when the actor's is among its ancestors.
  const below = actor.role === 'operator' ? await marketTree(deps.db, actor.market) : []
  const items = views.items.map((view) => {
    const ancestors = below.includes(view.organisation.market) ? [actor.market] : []
    return { view, isFull: maySeeAll(relationTo(actor, view, ancestors)) }
  })
  return { ...views, items }
}
