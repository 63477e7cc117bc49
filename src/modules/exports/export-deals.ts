import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Principal } from '../../kernel/principal.ts'
import { type Deal, type DealFilter, dealWorthOf, listDeals } from '../deals/index.ts'
import { findOrganisations } from '../identity/index.ts'
import { allPages, cellsOfPages } from './all-pages.ts'
import { cellsOf, columnsFor, type Table } from './domain/table.ts'

type NamedDeal = { deal: Deal; providerName: string | undefined; acquirerName: string | undefined }

/** Intent and closed amounts have columns of their own, so that no sum takes both. */
const columns = columnsFor<NamedDeal>([
  ['成交编号', ({ deal }) => deal.id],
  ['市场', ({ deal }) => deal.market],
  ['名称', ({ deal }) => deal.title],
  ['阶段', ({ deal }) => deal.stage],
  ['来源', ({ deal }) => deal.sourceKind],
  ['合同类型', ({ deal }) => deal.contractType],
  ['转让方', ({ providerName }) => providerName],
  ['受让方', ({ acquirerName }) => acquirerName],
  ['意向金额（元）', ({ deal }) => yuanOf(deal, 'intent')],
  ['合同成交额（元）', ({ deal }) => yuanOf(deal, 'closed')],
  ['签订日期', ({ deal }) => deal.signing?.signedOn],
  ['登记编号', ({ deal }) => deal.registration?.certificateNo],
  ['登记日期', ({ deal }) => deal.registration?.registeredOn],
  ['创建时间', ({ deal }) => deal.createdAt.toISOString()],
  ['更新时间', ({ deal }) => deal.updatedAt.toISOString()],
])

/** The deals that the actor's list has: those of the organisation, of the broker, and of an operator's markets. */
export async function exportDeals(
  { db, clock }: { db: Db; clock: Clock },
  actor: Principal,
  filter: DealFilter,
): Promise<Table> {
  const pages = await allPages((page) => listDeals({ db }, actor, { ...filter, page }))
  return {
    fileName: `deals-${chinaDay(clock.now())}`,
    headers: columns.map(({ label }) => label),
    pages: cellsOfPages(pages, async (deals) => (await withNames(db, deals)).map((named) => cellsOf(columns, named))),
  }
}

async function withNames(db: Db, deals: readonly Deal[]): Promise<NamedDeal[]> {
  const ids = deals.flatMap(({ providerOrgId, acquirerOrgId }) => [providerOrgId, acquirerOrgId])
  const names = await findOrganisations(db, [...new Set(ids)])
  return deals.map((deal) => ({
    deal,
    providerName: names.get(deal.providerOrgId)?.name,
    acquirerName: names.get(deal.acquirerOrgId)?.name,
  }))
}

function yuanOf(deal: Deal, kind: 'intent' | 'closed'): number | undefined {
  const worth = dealWorthOf(deal)
  const fen = worth?.kind === 'closed' ? worth.contractAmountFen : worth?.amountFen
  return worth?.kind === kind && fen !== undefined ? fen / 100 : undefined
}
