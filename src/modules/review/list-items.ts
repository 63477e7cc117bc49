import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketTree } from '../markets/index.ts'
import { marketsOf } from './policy.ts'
import { type ReviewItemView, viewsOf } from './read-item.ts'
import { listItems as listRows } from './review-item-repo.ts'
import type { ListItemsQuery } from './schemas.ts'

export type ReviewFilter = Omit<ListItemsQuery, 'limit' | 'cursor'>
export type ListItems = { query: ReviewFilter; page: PageRequest }

/** Items of the actor's markets, newest first. A market outside them has none, as if it did not exist. */
export async function listItems(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { query: { state, market, mine }, page }: ListItems,
): Promise<PageOf<ReviewItemView>> {
  const own = await marketsOf(deps.db, actor)
  const asked = market === undefined ? own : await marketTree(deps.db, market)
  const filter = { markets: asked.filter((code) => own.includes(code)), state, userId: mine ? actor.userId : undefined }
  const { items, next } = await listRows(deps.db, filter, page)
  return { items: await viewsOf(deps, actor, items), ...(next === undefined ? {} : { next }) }
}
