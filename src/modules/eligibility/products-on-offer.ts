import type { Db } from '../../db/client.ts'
import { idToUuid } from '../../kernel/ids.ts'
import { type CompiledRule, compileRules, type RuleSet } from '../../rules/index.ts'
import { listProductVersions, loadProducts, type ProductRow } from './product-view.ts'

export type Product = ProductRow & { rules: CompiledRule | undefined }

/** More than one installation has; above it the oldest entries go. */
const mostCached = 5_000
const cache = new Map<string, Product>()

/**
 * The products on offer with their rules compiled. Rows are read and compiled once for each version: a second request for 500
 * products reads ids and versions alone.
 */
export async function productsOnOffer(db: Db, markets: readonly string[]): Promise<Product[]> {
  const versions = await listProductVersions(db, markets)
  const stale = versions.filter(({ uuid, version }) => cache.get(uuid)?.version !== version)
  for (const row of await loadProducts(
    db,
    stale.map(({ uuid }) => uuid),
  ))
    remember(row)
  return versions.flatMap(({ uuid }) => cache.get(uuid) ?? [])
}

function remember(row: ProductRow): void {
  const { eligibilityRules } = row.details
  const rules = eligibilityRules === undefined ? undefined : compileRules(eligibilityRules as RuleSet)
  if (cache.size >= mostCached) cache.delete(cache.keys().next().value ?? '')
  cache.set(idToUuid(row.id), { ...row, rules })
}
