import type { Db } from '../../db/client.ts'
import { getMarket, listMarkets, type Market, marketTree } from './market-repo.ts'

export type MarketWithBranches = { market: Market; branches: Market[] }

/** A market and everything below it. @throws NOT_FOUND. */
export async function readMarket(deps: { db: Db }, code: string): Promise<MarketWithBranches> {
  const market = await getMarket(deps.db, code)
  const below = new Set(await marketTree(deps.db, code))
  const branches = (await listMarkets(deps.db)).filter((other) => other.code !== code && below.has(other.code))
  return { market, branches }
}
