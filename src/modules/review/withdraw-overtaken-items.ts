import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { findMatches } from '../matching/index.ts'
import { lockListings, withdrawItemsOfMatches } from './opening-repo.ts'

/** Takes the undecided items of matches that no longer hold out of the queue. A match that came back keeps its item. */
export async function withdrawOvertakenItems(
  deps: { db: Db },
  { matchIds }: { matchIds: Id<'match'>[] },
): Promise<undefined> {
  await withTx(deps.db, async (tx) => {
    const found = await findMatches(tx, matchIds)
    await lockListings(
      tx,
      found.flatMap(({ demandId, supplyId }) => [demandId, supplyId]),
    )
    const stale = (await findMatches(tx, matchIds)).filter(({ state }) => state === 'stale')
    await withdrawItemsOfMatches(
      tx,
      stale.map(({ id }) => id),
    )
  })
}
