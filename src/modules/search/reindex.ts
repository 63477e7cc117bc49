import type { Keyset } from '../../kernel/page.ts'
import { listPublished } from '../listings/index.ts'
import { type IndexDeps, indexListings } from './index-listing.ts'

const BATCH_SIZE = 200

/**
 * Writes every published listing to the index: for a new engine, a new dictionary, or an index that was lost. Returns how
 * many were looked at. May run beside the index jobs and more than once.
 */
export async function reindexAll(deps: IndexDeps): Promise<number> {
  let count = 0
  let after: Keyset | undefined
  do {
    const { items, next } = await listPublished(deps.db, {}, { limit: BATCH_SIZE, after })
    await indexListings(
      deps,
      items.map(({ id }) => id),
    )
    count += items.length
    after = next
  } while (after !== undefined)
  return count
}
