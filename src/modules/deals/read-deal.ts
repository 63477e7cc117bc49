import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { PageOf, PageRequest } from '../../kernel/page.ts'
import type { Principal } from '../../kernel/principal.ts'
import { marketTree } from '../markets/index.ts'
import { type DealHistoryEntry, listDealChanges } from './change-repo.ts'
import { type Deal, type DealFilter, getDeal, listDealsOf } from './deal-repo.ts'
import { type DealRelation, loadDealRelation } from './policy.ts'

export type DealView = { deal: Deal; relation: DealRelation }

/** @throws NOT_FOUND for whoever is no party, no broker and no operator of the deal. */
export async function readDeal({ db }: { db: Db }, actor: Principal, id: Id<'deal'>): Promise<DealView> {
  const deal = await getDeal(db, id)
  return { deal, relation: await loadDealRelation(db, actor, deal) }
}

/** The deals of the actor's organisation, those it brokers, and for operators those of the market tree, newest first. */
export async function listDeals(
  { db }: { db: Db },
  actor: Principal,
  filter: DealFilter & { page: PageRequest },
): Promise<PageOf<Deal>> {
  const markets = actor.role === 'operator' ? await marketTree(db, actor.market) : []
  return listDealsOf(db, { orgId: actor.orgId, userId: actor.userId, markets }, filter)
}

/** What was changed, by whom, and from what to what. @throws NOT_FOUND */
export async function listDealHistory(
  { db }: { db: Db },
  actor: Principal,
  { id, page }: { id: Id<'deal'>; page: PageRequest },
): Promise<PageOf<DealHistoryEntry>> {
  await readDeal({ db }, actor, id)
  return listDealChanges(db, id, page)
}
