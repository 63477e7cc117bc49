import type { Tx } from '../../db/tx.ts'
import { notFound } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { findGuarantee, updateGuarantee } from './guarantee-repo.ts'
import { lockPool, type PoolId, updatePool } from './pool-repo.ts'

/** A settled application needs the pool no more; its place is free for another. */
export async function releaseGuarantee(
  tx: Tx,
  { poolId, applicationId, now }: { poolId: PoolId; applicationId: Id<'financeApplication'>; now: Date },
): Promise<void> {
  const pool = await lockPool(tx, poolId)
  const guarantee = await findGuarantee(tx, applicationId)
  if (guarantee?.poolId !== poolId) throw notFound('guarantee')
  await updateGuarantee(tx, { ...guarantee, releasedAt: now })
  await updatePool(tx, { ...pool, outstandingFen: pool.outstandingFen - guarantee.guaranteedFen, updatedAt: now })
}
