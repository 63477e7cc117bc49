import type { z } from 'zod'
import type { Market } from './market-repo.ts'
import type { MarketWithBranches } from './read-market.ts'
import type { marketResponse, marketWithBranchesResponse } from './schemas.ts'

export function toMarketResponse(market: Market): z.input<typeof marketResponse> {
  const { code, parentCode, nameZh, nameEn, region, rules, version } = market
  return { code, parentCode, nameZh, nameEn, region, rules, version, createdAt: market.createdAt.toISOString() }
}

export function toMarketWithBranchesResponse(found: MarketWithBranches): z.input<typeof marketWithBranchesResponse> {
  return { ...toMarketResponse(found.market), branches: found.branches.map(toMarketResponse) }
}
