import type { Tx } from '../../db/tx.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Id } from '../../kernel/ids.ts'
import { hasStopped, type PoolKind } from './domain/pool.ts'
import { insertGuarantee } from './guarantee-repo.ts'
import { listEnrolled } from './member-repo.ts'
import { lockPool, type PoolId, type RiskPool, updatePool } from './pool-repo.ts'

/** What a pool has to know of an application. */
export type Line = {
  applicationId: Id<'financeApplication'>
  applicantId: Id<'organisation'>
  providerId: Id<'organisation'>
  lineFen: number
}
type Guaranteeing = {
  poolId: PoolId
  kind: PoolKind
  line: Line
  batchId?: Id<'guaranteeBatch'> | undefined
  now: Date
}

/**
 * The pool stands for the line of an application from now on: 落实担保. A fund asks that bank and enterprise are enrolled, a
 * batch pool that the bank is. @throws NOT_ELIGIBLE, LIMIT_EXCEEDED
 */
export async function guaranteeLine(tx: Tx, { poolId, kind, line, batchId, now }: Guaranteeing): Promise<void> {
  const pool = await lockPool(tx, poolId)
  assertTakes(pool, kind, line)
  const needed = kind === 'fund' ? [line.providerId, line.applicantId] : [line.providerId]
  const enrolled = await listEnrolled(tx, poolId, needed)
  const absent = needed.filter((orgId) => !enrolled.includes(orgId))
  if (absent.length > 0) {
    throw new AppError('NOT_ELIGIBLE', 'Not everybody concerned is on the enrolment list of the pool.', {
      details: { reason: 'not_enrolled', organisationIds: absent },
    })
  }
  const { applicationId, lineFen: guaranteedFen } = line
  await insertGuarantee(tx, {
    ...{ applicationId, poolId, batchId: batchId ?? null, guaranteedFen, compensatedFen: 0, recoveredFen: 0 },
    ...{ guaranteedAt: now, releasedAt: null },
  })
  await updatePool(tx, {
    ...pool,
    guaranteedFen: pool.guaranteedFen + guaranteedFen,
    outstandingFen: pool.outstandingFen + guaranteedFen,
    updatedAt: now,
  })
}

function assertTakes(pool: RiskPool, kind: PoolKind, { lineFen }: Line): void {
  const refuse = (reason: string, message: string) => {
    throw new AppError('NOT_ELIGIBLE', message, { details: { reason } })
  }
  if (pool.kind !== kind) {
    refuse('kind', kind === 'fund' ? 'This pool takes batches only.' : 'This pool takes single applications only.')
  }
  if (pool.state !== 'open') refuse('state', 'The pool is not open.')
  if (hasStopped(pool)) refuse('stopped', 'The compensations of the pool have reached their cap.')
  if (pool.singleCapFen !== null && lineFen > pool.singleCapFen) {
    throw new AppError('LIMIT_EXCEEDED', `The pool guarantees ${pool.singleCapFen} fen of one line at most.`, {
      details: { singleCapFen: pool.singleCapFen },
    })
  }
}
