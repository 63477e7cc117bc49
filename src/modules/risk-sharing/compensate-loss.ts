import type { Tx } from '../../db/tx.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { bookJournal } from './book-journal.ts'
import { compensationEntries } from './domain/ledger.ts'
import { payableOf } from './domain/pool.ts'
import { findGuarantee, updateGuarantee } from './guarantee-repo.ts'
import { lockPool, type PoolId, updatePool } from './pool-repo.ts'

type Loss = {
  poolId: PoolId
  applicationId: Id<'financeApplication'>
  /** What is owed. */
  lossFen: number
  /** What the bank asks for; all that is payable by default. */
  amountFen?: number | undefined
}

/**
 * The pool pays for a defaulted application (代偿): at most the shares of all but the lender, within its cap and its cash.
 * @returns what it paid. @throws LIMIT_EXCEEDED with what is payable and what bounds it.
 */
export async function compensateLoss(
  tx: Tx,
  { actor, now }: { actor: Principal; now: Date },
  { poolId, applicationId, lossFen, amountFen }: Loss,
): Promise<number> {
  const pool = await lockPool(tx, poolId)
  const guarantee = await findGuarantee(tx, applicationId)
  if (guarantee?.poolId !== poolId) throw notFound('guarantee')
  const payable = payableOf(lossFen, pool.shares, pool)
  const paidFen = amountFen ?? payable.fen
  if (paidFen > payable.fen || paidFen === 0) {
    throw new AppError('LIMIT_EXCEEDED', `The pool pays ${payable.fen} fen of this loss.`, {
      details: { payableFen: payable.fen, boundBy: payable.boundBy },
    })
  }
  const entries = compensationEntries(pool.shares, paidFen)
  const { pool: after } = await bookJournal(tx, { pool, actor, now }, { kind: 'compensation', entries, applicationId })
  await updateGuarantee(tx, { ...guarantee, compensatedFen: paidFen, releasedAt: now })
  await updatePool(tx, { ...after, outstandingFen: after.outstandingFen - guarantee.guaranteedFen })
  return paidFen
}
