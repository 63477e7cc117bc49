import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError, invalidField } from '../../kernel/errors.ts'
import type { Principal } from '../../kernel/principal.ts'
import { bookJournal } from './book-journal.ts'
import { assertKeepsPools } from './desk.ts'
import { recoveryEntries } from './domain/ledger.ts'
import { findGuarantee, updateGuarantee } from './guarantee-repo.ts'
import type { BookedJournal } from './ledger-repo.ts'
import { lockPool, type PoolId } from './pool-repo.ts'
import type { Recover } from './schemas.ts'

/** A debtor paid after the pool did (追偿). @throws NOT_FOUND, LIMIT_EXCEEDED for more than the pool paid for it. */
export async function recover(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { poolId, applicationId, amountFen, reference }: Recover & { poolId: PoolId },
): Promise<BookedJournal> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx) => {
    const pool = await lockPool(tx, poolId)
    await assertKeepsPools(tx, actor, pool.market)
    const guarantee = await findGuarantee(tx, applicationId)
    if (guarantee?.poolId !== poolId)
      throw invalidField('#/applicationId', 'not_of_pool', 'is not guaranteed by this pool')
    const leftFen = guarantee.compensatedFen - guarantee.recoveredFen
    if (amountFen > leftFen) {
      throw new AppError('LIMIT_EXCEEDED', `The pool paid ${leftFen} fen more than it got back.`, {
        details: { leftFen },
      })
    }
    await updateGuarantee(tx, { ...guarantee, recoveredFen: guarantee.recoveredFen + amountFen })
    const entries = recoveryEntries(pool.shares, amountFen)
    const booking = { kind: 'recovery' as const, entries, applicationId, reference }
    return (await bookJournal(tx, { pool, actor, now }, booking)).booked
  })
}
