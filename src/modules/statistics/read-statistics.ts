import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { type Figure, figuresOf, overviewDefinitions, shareOf } from './domain/figure.ts'
import { calibrationCurve, funnelOf, topicGaps } from './domain/health.ts'
import { suppressColumn, suppressSmall } from './domain/suppress.ts'
import { ownScope, type Period, publicScope, readCounts, readCountsBy } from './read-counts.ts'

type Deps = { db: Db; clock: Clock }
type Asked = Period & { market?: string | undefined }

/** The figures of a market and its branches. Small numbers are for its operators alone. @throws NOT_FOUND */
export async function readOverview({ db, clock }: Deps, viewer: Viewer, { market, ...period }: Asked) {
  const { markets, isOwn } = await publicScope(db, viewer, market)
  const figures = figuresOf(
    overviewDefinitions,
    await readCounts(db, { markets, ...period }),
    clock.now().toISOString(),
  )
  return { markets, figures: isOwn ? figures : figures.map(suppressSmall) }
}

const leagueNames = ['suppliesPublished', 'demandsPublished', 'introductionsAccepted', 'dealsSigned', 'closedAmount']

export type LeagueRow = { market: string; figures: Figure[] }

/** The branches below a market, or all markets, by closed contracts, then introductions. @throws NOT_FOUND */
export async function readLeagueTable(
  { db, clock }: Deps,
  viewer: Viewer,
  { market, ...period }: Asked,
): Promise<LeagueRow[]> {
  const { markets, isOwn } = await publicScope(db, viewer, market)
  const byMarket = await readCountsBy(db, 'market', { markets, field: '*', ...period })
  const definitions = overviewDefinitions.filter(({ name }) => leagueNames.includes(name))
  const asOf = clock.now().toISOString()
  const rows = markets
    .map((code) => ({ market: code, counts: byMarket.get(code) ?? new Map() }))
    .sort((one, other) => rankOf(other.counts) - rankOf(one.counts) || (one.market < other.market ? -1 : 1))
    .map(({ market: code, counts }) => ({ market: code, figures: figuresOf(definitions, counts, asOf) }))
  return isOwn ? rows : hideSmall(rows, definitions.length)
}

/** Contracts weigh more than any number of introductions. */
function rankOf(counts: ReadonlyMap<string, { count: number }>): number {
  return (counts.get('deal.signed')?.count ?? 0) * 1e9 + (counts.get('introduction.accepted')?.count ?? 0)
}

function hideSmall(rows: readonly LeagueRow[], width: number): LeagueRow[] {
  const columns = Array.from({ length: width }, (_, column) =>
    suppressColumn(rows.flatMap(({ figures }) => figures.slice(column, column + 1))),
  )
  return rows.map(({ market }, row) => ({ market, figures: columns.flatMap((column) => column.slice(row, row + 1)) }))
}

/** From publication to contract, for the operator's own markets. @throws NOT_FOUND */
export async function readFunnel(
  { db, clock }: Deps,
  viewer: Viewer,
  { market, field, ...period }: Asked & { field?: string | undefined },
) {
  const markets = await ownScope(db, viewer, market)
  const counts = await readCounts(db, { markets, field: field ?? '*', ...period })
  return { markets, field, steps: funnelOf(counts), asOf: clock.now().toISOString() }
}

/** Whether the market finds what is wanted, how fast it answers, and whether its scores mean what they say. @throws NOT_FOUND */
export async function readMarketHealth({ db, clock }: Deps, viewer: Viewer, { market, ...period }: Asked) {
  const markets = await ownScope(db, viewer, market)
  const byField = await readCountsBy(db, 'field', { markets, ...period })
  const all = byField.get('*') ?? new Map<string, { count: number; amount: number }>()
  const countOf = (measure: string) => all.get(measure)?.count ?? 0
  const answered = all.get('introduction.answered') ?? { count: 0, amount: 0 }
  const asOf = clock.now().toISOString()
  const figures: Figure[] = [
    {
      ...{ name: 'suppliedDemandShare', unit: 'share', asOf, basis: countOf('demand.published') },
      value: shareOf(countOf('demand.supplied'), countOf('demand.published')),
      definition: '已发布需求中，系统至少提出过一个匹配的比例',
    },
    {
      ...{ name: 'meanTimeToFirstAnswer', unit: 'seconds', asOf, basis: answered.count },
      value: shareOf(answered.amount, answered.count),
      definition: '从询问双方到任一方首次答复的平均秒数，仅计已答复的引荐',
    },
  ]
  const sources = ['introduction', 'auction', 'enquiry', 'licence', 'direct'] as const
  return {
    ...{ markets, asOf, figures, topicGaps: topicGaps(byField), calibration: calibrationCurve(all) },
    conversionBySource: sources.map((source) => {
      const [opened, signed] = [countOf(`deal.opened:${source}`), countOf(`deal.signed:${source}`)]
      return { source, opened, signed, share: shareOf(signed, opened) }
    }),
  }
}
