import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { type ListingKinds, recordTrack } from '../listings/index.ts'
import { getDeal, listStagesAbout } from './deal-repo.ts'
import { trackOf } from './domain/track.ts'

/** Tells the listings of a deal what became of their deals, which is part of their trust code. Counted anew each time. */
export async function tellListings(
  deps: { db: Db; clock: Clock; listingKinds: ListingKinds },
  { dealId }: { dealId: Id<'deal'> },
): Promise<undefined> {
  const { supplyId, demandId } = await getDeal(deps.db, dealId)
  for (const listingId of [supplyId, demandId]) {
    if (listingId === null) continue
    const track = trackOf(await listStagesAbout(deps.db, listingId))
    await recordTrack(deps, { listingId, track })
  }
}
