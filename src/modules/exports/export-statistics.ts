import type { Db } from '../../db/client.ts'
import { type Clock, chinaDay } from '../../kernel/clock.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { type Figure, readFunnel, readLeagueTable, readOverview } from '../statistics/index.ts'
import { cellsOf, columnsFor, type Table } from './domain/table.ts'

export const statisticsReports = ['overview', 'league_table'] as const
export type StatisticsReport = (typeof statisticsReports)[number]

type Asked = { market?: string | undefined; from?: string | undefined; to?: string | undefined }
type Deps = { db: Db; clock: Clock }
type MarketFigure = { market: string; figure: Figure }

/** A number never stands alone, in a file least of all: unit, basis, day and meaning stand beside it. */
const columns = columnsFor<MarketFigure>([
  ['市场', ({ market }) => market],
  ['指标', ({ figure }) => figure.name],
  ['含义', ({ figure }) => figure.definition],
  ['数值', ({ figure }) => figure.value],
  ['单位', ({ figure }) => figure.unit],
  ['样本数', ({ figure }) => figure.basis],
  ['是否隐去', ({ figure }) => (figure.isSuppressed ? '是' : '否')],
  ['截至', ({ figure }) => figure.asOf],
])

/** The figures that the viewer may see of a market and its branches. @throws NOT_FOUND */
export async function exportStatistics(
  deps: Deps,
  viewer: Viewer,
  { report, ...asked }: Asked & { report: StatisticsReport },
): Promise<Table> {
  const rows = await figuresOf(deps, viewer, { report, ...asked })
  return {
    fileName: `statistics-${report.replace('_', '-')}-${chinaDay(deps.clock.now())}`,
    headers: columns.map(({ label }) => label),
    pages: onePage(rows.map((row) => cellsOf(columns, row))),
  }
}

async function figuresOf(
  deps: Deps,
  viewer: Viewer,
  { report, ...asked }: Asked & { report: StatisticsReport },
): Promise<MarketFigure[]> {
  if (report === 'overview') {
    const { markets, figures } = await readOverview(deps, viewer, asked)
    return figures.map((figure) => ({ market: markets.join('；'), figure }))
  }
  const rows = await readLeagueTable(deps, viewer, asked)
  return rows.flatMap(({ market, figures }) => figures.map((figure) => ({ market, figure })))
}

type FunnelRow = Awaited<ReturnType<typeof readFunnel>>['steps'][number] & { asOf: string }

const funnelColumns = columnsFor<FunnelRow>([
  ['环节', ({ step }) => step],
  ['数量', ({ count }) => count],
  ['占上一环节', ({ shareOfPrevious }) => shareOfPrevious],
  ['截至', ({ asOf }) => asOf],
])

/** From publication to contract, in the operator's markets. @throws NOT_FOUND */
export async function exportFunnel(
  deps: Deps,
  viewer: Viewer,
  asked: Asked & { field?: string | undefined },
): Promise<Table> {
  const { steps, asOf } = await readFunnel(deps, viewer, asked)
  return {
    fileName: `statistics-funnel-${chinaDay(deps.clock.now())}`,
    headers: funnelColumns.map(({ label }) => label),
    pages: onePage(steps.map((step) => cellsOf(funnelColumns, { ...step, asOf }))),
  }
}

async function* onePage<T>(rows: T[]): AsyncGenerator<T[], void> {
  yield rows
}
