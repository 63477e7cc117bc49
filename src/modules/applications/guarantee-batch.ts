import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { AppError } from '../../kernel/errors.ts'
import { type Id, newId } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import type { Application, ApplicationId } from './application-repo.ts'
import { changeStage } from './change-stage.ts'

export type GuaranteedBatch = { batchId: Id<'guaranteeBatch'>; poolId: Id<'riskPool'>; applications: Application[] }

/**
 * A bank hands approved applications to a batch pool together (总对总批量担保): all of them are guaranteed, or none.
 * @throws NOT_FOUND, NOT_ELIGIBLE, LIMIT_EXCEEDED, TRANSITION_NOT_ALLOWED, each with the application that it is about.
 */
export async function guaranteeBatch(
  deps: { db: Db; clock: Clock },
  actor: Principal,
  { poolId, applicationIds }: { poolId: Id<'riskPool'>; applicationIds: readonly ApplicationId[] },
): Promise<GuaranteedBatch> {
  const batch = { poolId, batchId: newId('guaranteeBatch') }
  return withTx(deps.db, async (tx) => {
    const applications: Application[] = []
    // In the order of their ids, so that two batches cannot wait for each other.
    for (const id of [...new Set(applicationIds)].sort()) {
      const step = changeStage({ ...deps, db: tx }, actor, { id, action: 'guarantee', batch })
      applications.push(await step.catch((error: unknown) => Promise.reject(about(id, error))))
    }
    return { ...batch, applications }
  })
}

/** The same refusal, with the application's id. */
function about(applicationId: ApplicationId, error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  const { code, message, errors, details, cause } = error
  const extras = { details: { ...details, applicationId }, cause, ...(errors && { errors }) }
  return new AppError(code, `${applicationId}: ${message}`, extras)
}
