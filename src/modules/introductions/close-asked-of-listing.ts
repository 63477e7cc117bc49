import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { findListing } from '../listings/index.ts'
import { closeIntroduction } from './close-introduction.ts'
import { listAskedOfListing, lockIntroduction } from './introduction-repo.ts'

/** Takes back the questions about a listing that has left the market. What both sides accepted is theirs to go on with. */
export async function closeAskedOfListing(
  { db, clock }: { db: Db; clock: Clock },
  { listingId }: { listingId: Id<'demand' | 'supply'> },
): Promise<undefined> {
  const listing = await findListing(db, listingId)
  if (listing?.state === 'published') return
  for (const { id } of await listAskedOfListing(db, listingId)) {
    await withTx(db, async (tx) => {
      const asked = await lockIntroduction(tx, id)
      if (asked.state !== 'asked') return
      const reasonCode = listingId === asked.demandId ? 'no_longer_needed' : 'no_longer_offered'
      await closeIntroduction(tx, asked, { action: 'lapse', endedBy: 'listing', reasonCode, now: clock.now() })
    })
  }
}
