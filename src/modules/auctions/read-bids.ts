import type { Db } from '../../db/client.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Viewer } from '../../kernel/principal.ts'
import { type Bid, listBids } from './bid-repo.ts'
import { getLot } from './lot-repo.ts'
import { assertMaySee } from './policy.ts'

/** Bids after a number, in the order of the chain: number by number, they are the whole history of the lot. */
export async function readBids(
  deps: { db: Db },
  viewer: Viewer,
  { id, afterSeq, limit }: { id: Id<'auction'>; afterSeq: number; limit: number },
): Promise<{ bids: Bid[]; hasMore: boolean }> {
  await assertMaySee(deps.db, viewer, await getLot(deps.db, id))
  const found = await listBids(deps.db, id, { afterSeq, limit: limit + 1 })
  return { bids: found.slice(0, limit), hasMore: found.length > limit }
}
