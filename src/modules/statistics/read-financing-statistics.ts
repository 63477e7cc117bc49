import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Viewer } from '../../kernel/principal.ts'
import type { Figure } from './domain/figure.ts'
import { financingFigures } from './domain/financing-figures.ts'
import { countProductsOnOffer, type FinancingGroup, sumAllApplications, sumApplications } from './financing-view.ts'
import { ownScope, type Period } from './read-counts.ts'

type Asked = Period & { market?: string | undefined; groupBy: FinancingGroup }

/** Applications, approvals, lines and drawings of the operator’s own markets, as a whole and by group. @throws NOT_FOUND */
export async function readFinancingStatistics(
  { db, clock }: { db: Db; clock: Clock },
  viewer: Viewer,
  { market, groupBy, ...period }: Asked,
) {
  const markets = await ownScope(db, viewer, market)
  const asOf = clock.now().toISOString()
  const productCount = await countProductsOnOffer(db, markets)
  const onOffer: Figure = {
    ...{ name: 'productsOnOffer', value: productCount, unit: 'count', asOf, basis: productCount },
    definition: '目前在架的科技金融产品数',
  }
  const all = await sumAllApplications(db, { markets, ...period })
  const cells = await sumApplications(db, groupBy, { markets, ...period })
  return {
    ...{ markets, asOf, groupBy, total: [onOffer, ...financingFigures(all, asOf)] },
    groups: cells.map(({ sums, ...group }) => ({ ...group, figures: financingFigures(sums, asOf) })),
  }
}
