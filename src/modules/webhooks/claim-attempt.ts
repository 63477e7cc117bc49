import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { deliveryDelaysMs } from '../../kernel/retry-schedule.ts'
import { beginAttempt, closeDelivery } from './attempt-repo.ts'
import { callLine } from './call-line.ts'
import type { Delivery } from './delivery-repo.ts'
import { admit } from './domain/admission.ts'
import { type Endpoint, lockEndpointForAttempt } from './endpoint-repo.ts'
import { cancelLine, countRunning, listLine } from './line-repo.ts'
import { switchOff } from './switch-off.ts'

/** `at` is the time for which it was made: what is due by then is due, even if this worker's clock is behind. */
export type Call = { endpointId: Id<'webhookEndpoint'>; at: Date }
export type Claim = { delivery: Delivery; endpoint: Endpoint; attempts: number; leaseToken: string }

/**
 * Takes what has been due longest at the endpoint for one attempt. An attempt counts when it begins, so one whose worker died is
 * known to have happened, and nobody is asked more than ten times. Undefined when nothing is due or nothing may begin.
 *
 * @param isFirst of a worker's turn: then it calls another worker when there is room and work for one more.
 */
export async function claimAttempt(
  deps: { db: Db; clock: Clock },
  { endpointId, at, isFirst }: Call & { isFirst: boolean },
): Promise<Claim | undefined> {
  const now = new Date(Math.max(at.getTime(), deps.clock.now().getTime()))
  return withTx(deps.db, async (tx) => {
    const endpoint = await lockEndpointForAttempt(tx, endpointId)
    if (endpoint === undefined) return undefined
    const running = await countRunning(tx, endpointId)
    const admission = admit(endpoint, { running, now })
    if (admission === 'disabled') await cancelLine(tx, { endpointId, now })
    if (admission !== 'go') return undefined
    const [delivery, next] = await listLine(tx, { endpointId, now }, 2)
    if (delivery === undefined) return undefined
    if (delivery.attempts >= deliveryDelaysMs.length) return giveUp(tx, { delivery, endpoint, now })
    const hasRoom = running + 1 < endpoint.parallelLimit
    if (isFirst && next !== undefined && hasRoom) await callLine(tx, endpointId, { now })
    const leaseToken = await beginAttempt(tx, delivery.id, now)
    return { delivery, endpoint, attempts: delivery.attempts + 1, leaseToken }
  })
}

/** The worker of the last attempt died before it could report. */
async function giveUp(tx: Tx, lost: { delivery: Delivery; endpoint: Endpoint; now: Date }): Promise<undefined> {
  const { delivery, endpoint, now } = lost
  await closeDelivery(tx, delivery.id, { state: 'failed', lastFailure: 'unreported', settledAt: now })
  await switchOff(tx, endpoint, { reason: 'exhausted', now })
}
