export type { Figure } from './domain/figure.ts'
export { readFunnel, readLeagueTable, readOverview } from './read-statistics.ts'
export { funnelQuery, statisticsQuery } from './schemas.ts'
