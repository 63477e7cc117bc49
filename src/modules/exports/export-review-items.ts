import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { listItems, type ReviewFilter, type ReviewItemView } from '../review/index.ts'
import { allPages, cellsOfPages } from './all-pages.ts'
import { cellsOf, columnsFor, type Table } from './domain/table.ts'

const columns = columnsFor<ReviewItemView>([
  ['匹配编号', ({ item }) => item.id],
  ['市场', ({ item }) => item.market],
  ['技术领域', ({ item }) => item.fields.join('；')],
  ['匹配分', ({ item }) => item.score],
  ['状态', ({ item }) => item.state],
  ['环节', ({ item }) => item.stage],
  ['到期时间', ({ item }) => item.dueAt.toISOString()],
  ['是否超期', ({ item }) => (item.chases > 0 ? '是' : '否')],
  ['领取人', ({ lease }) => lease.leaseOwner],
  ['需求编号', ({ demand }) => demand.listing.id],
  ['需求', ({ demand }) => demand.listing.content.title],
  ['需求方', ({ demand }) => demand.owner.name],
  ['供给编号', ({ supply }) => supply.listing.id],
  ['供给', ({ supply }) => supply.listing.content.title],
  ['供给方', ({ supply }) => supply.owner.name],
  ['决定', ({ item }) => item.decision],
  ['原因', ({ item }) => item.reasonCode],
  ['备注', ({ item }) => item.note],
  ['决定人', ({ item }) => item.decidedBy],
  ['决定时间', ({ item }) => item.decidedAt?.toISOString()],
  ['创建时间', ({ item }) => item.createdAt.toISOString()],
])

/** The review items of the actor's markets, as the list shows them. */
export async function exportReviewItems(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  query: ReviewFilter,
): Promise<Table> {
  const pages = await allPages((page) => listItems(deps, actor, { query, page }))
  return {
    fileName: `review-items-${chinaDay(deps.clock.now())}`,
    headers: columns.map(({ label }) => label),
    pages: cellsOfPages(pages, (views) => views.map((view) => cellsOf(columns, view))),
  }
}
