import { notFound } from '../../kernel/errors.ts'
import type { Listing } from '../listings/index.ts'

/** @param markets those that the operator runs. @throws NOT_FOUND when neither listing is in one of them. */
export function assertRuns(markets: readonly string[], pair: readonly Pick<Listing, 'market'>[]): void {
  if (!pair.some(({ market }) => markets.includes(market))) throw notFound('duplicate candidate')
}
