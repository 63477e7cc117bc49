import type { Db } from '../../db/client.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import { isSignedIn, type Viewer } from '../../kernel/principal.ts'
import { marketTree } from '../markets/index.ts'
import { databaseTime, type LotFilter, listLots as listRows } from './lot-repo.ts'
import { type LotView, viewsOf } from './read-lot.ts'
import type { ListLotsQuery } from './schemas.ts'

/** The catalogue. Operators also see the drafts of their markets, sellers with `mine` their own. */
export async function listLots(
  deps: { db: Db },
  viewer: Viewer,
  { query, page }: { query: ListLotsQuery; page: PageRequest },
): Promise<PageOf<LotView>> {
  const { market, sessionId, state, mine } = query
  const filter: LotFilter = {
    ...{ sessionId, state, now: await databaseTime(deps.db) },
    markets: market === undefined ? undefined : await marketTree(deps.db, market),
    sellerOrgId: mine === true && isSignedIn(viewer) ? viewer.orgId : undefined,
    draftMarkets: isSignedIn(viewer) && viewer.role === 'operator' ? await marketTree(deps.db, viewer.market) : [],
  }
  const found = await listRows(deps.db, filter, page)
  return { ...found, items: await viewsOf(deps.db, viewer, found.items) }
}
