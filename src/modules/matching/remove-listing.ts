import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Side } from './match-repo.ts'
import { syncDocument } from './sync-document.ts'

/** After a listing left the market. It may have come back since, so the listing decides, not the event. */
export async function removeListing(
  deps: { db: Db; clock: Clock },
  { listingId }: { listingId: Side },
): Promise<undefined> {
  await syncDocument(deps, listingId)
}
