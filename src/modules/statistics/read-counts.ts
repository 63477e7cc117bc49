import type { Db } from '../../db/client.ts'
import { notFound } from '../../kernel/errors.ts'
import { isSignedIn, type Viewer } from '../../kernel/principal.ts'
import { listMarkets, marketTree } from '../markets/index.ts'
import { type Cell, type CellFilter, sumCounters } from './counter-repo.ts'
import type { Counts } from './domain/figure.ts'

export type Period = { from?: string | undefined; to?: string | undefined }
export type Scope = {
  markets: string[] /** Whether the viewer runs these markets and sees small numbers. */
  isOwn: boolean
}

/** A market with its branches, or all of them; operators see small numbers of their own tree. @throws NOT_FOUND */
export async function publicScope(db: Db, viewer: Viewer, market: string | undefined): Promise<Scope> {
  const markets = market === undefined ? (await listMarkets(db)).map(({ code }) => code) : await marketTree(db, market)
  if (markets.length === 0) throw notFound('market')
  return { markets, isOwn: await runs(db, viewer, markets) }
}

/** The operator's own tree, or a branch of it. @throws NOT_FOUND for other markets. */
export async function ownScope(db: Db, viewer: Viewer, market: string | undefined): Promise<string[]> {
  const home = isSignedIn(viewer) ? viewer.market : ''
  const markets = await marketTree(db, market ?? home)
  if (markets.length === 0 || !(await runs(db, viewer, markets))) throw notFound('market')
  return markets
}

async function runs(db: Db, viewer: Viewer, markets: readonly string[]): Promise<boolean> {
  if (!isSignedIn(viewer) || viewer.role !== 'operator') return false
  const own = await marketTree(db, viewer.market)
  return markets.every((code) => own.includes(code))
}

export async function readCounts(db: Db, filter: CellFilter): Promise<Counts> {
  return countsOf(await sumCounters(db, { field: '*', ...filter }))
}

export async function readCountsBy(db: Db, key: 'market' | 'field', filter: CellFilter): Promise<Map<string, Counts>> {
  const cells = await sumCounters(db, filter)
  const keys = [...new Set(cells.map((cell) => cell[key]))]
  return new Map(keys.map((value) => [value, countsOf(cells.filter((cell) => cell[key] === value))]))
}

/** The measures of cells, markets and fields taken together. */
function countsOf(cells: readonly Cell[]): Counts {
  const counts = new Map<string, { count: number; amount: number }>()
  for (const { measure, count, amount } of cells) {
    const known = counts.get(measure) ?? { count: 0, amount: 0 }
    counts.set(measure, { count: known.count + count, amount: known.amount + amount })
  }
  return counts
}
