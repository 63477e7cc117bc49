import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { invalidField } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { bookJournal } from './book-journal.ts'
import { assertKeepsPools } from './desk.ts'
import { contributionEntries } from './domain/ledger.ts'
import { lender } from './domain/pool.ts'
import type { BookedJournal } from './ledger-repo.ts'
import { lockPool, type PoolId } from './pool-repo.ts'
import type { Contribute } from './schemas.ts'

/** A party of the pool paid in. @throws NOT_FOUND, VALIDATION_FAILED for who bears nothing or bears it itself. */
export async function contribute(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { poolId, party, amountFen, reference }: Contribute & { poolId: PoolId },
): Promise<BookedJournal> {
  return withTx(deps.db, async (tx) => {
    const pool = await lockPool(tx, poolId)
    await assertKeepsPools(tx, actor, pool.market)
    if (party === lender || !pool.shares.some((share) => share.party === party)) {
      throw invalidField('#/party', 'party', 'is no party that pays its share out of this pool')
    }
    const at = { pool, actor, now: deps.clock.now() }
    const entries = contributionEntries(party, amountFen)
    return (await bookJournal(tx, at, { kind: 'contribution', entries, reference })).booked
  })
}
