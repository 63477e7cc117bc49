export {
  findMarket,
  getMarket,
  listMarkets,
  type Market,
  marketAncestors,
  marketTree,
} from './market-repo.ts'
export { type MarketRules, marketCode, marketRules, type UpsertMarket } from './schemas.ts'
export { upsertMarket } from './upsert-market.ts'
