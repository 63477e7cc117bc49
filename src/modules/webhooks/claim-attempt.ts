import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Id } from '../../kernel/ids.ts'
import { beginAttempt, closeDelivery, lockDelivery } from './attempt-repo.ts'
import { countBacklog, countRunning, type Delivery, findDelivery, updateNextAttempt } from './delivery-repo.ts'
import { admit } from './domain/admission.ts'
import { crowdDelayMs } from './domain/pace.ts'
import { type Endpoint, lockEndpointForAttempt } from './endpoint-repo.ts'
import { switchOff } from './switch-off.ts'

export type Attempt = { deliveryId: Id<'webhookDelivery'>; attempt: number }
export type Claim = { delivery: Delivery; endpoint: Endpoint; attempts: number; leaseToken: string }

/** Takes the delivery for one attempt, or tells how long to wait; undefined when there is nothing to do. */
export async function claimAttempt(
  deps: { db: Db; clock: Clock },
  { deliveryId, attempt }: Attempt,
): Promise<Claim | { waitMs: number } | undefined> {
  const now = deps.clock.now()
  return withTx(deps.db, async (tx): Promise<Claim | { waitMs: number } | undefined> => {
    const found = await lockBoth(tx, deliveryId)
    if (found === undefined) return undefined
    const { delivery, endpoint } = found
    const running = await countRunning(tx, endpoint.id)
    const admission = admit({ attempt, now }, { ...found, running })
    switch (admission) {
      case 'superseded':
        return undefined
      case 'cancel':
        await closeDelivery(tx, deliveryId, { ...cancelled, settledAt: now })
        return undefined
      case 'exhausted':
        return giveUp(tx, { delivery, endpoint, now })
      case 'paused':
      case 'crowded':
        return putOff(tx, { delivery, endpoint, now })
      case 'go': {
        const leaseToken = await beginAttempt(tx, deliveryId, now)
        return { delivery, endpoint, attempts: delivery.attempts + 1, leaseToken }
      }
      default:
        return admission
    }
  })
}

/** The endpoint first, then the delivery: the report takes them in the same order, so that they never deadlock. */
async function lockBoth(tx: Tx, id: Id<'webhookDelivery'>) {
  const found = await findDelivery(tx, id)
  const endpoint = found && (await lockEndpointForAttempt(tx, found.endpointId))
  const locked = endpoint && (await lockDelivery(tx, id))
  return locked && { ...locked, endpoint }
}

const cancelled = { state: 'cancelled', lastFailure: 'endpoint_disabled' } as const

type Found = { delivery: Delivery; endpoint: Endpoint; now: Date }

/** The worker of the last attempt died before it could report. */
async function giveUp(tx: Tx, { delivery, endpoint, now }: Found): Promise<undefined> {
  await closeDelivery(tx, delivery.id, { state: 'failed', lastFailure: 'unreported', settledAt: now })
  await switchOff(tx, endpoint, { reason: 'exhausted', now })
}

/** The row keeps the new time, so that a delivery that waits for its turn does not look forgotten. */
async function putOff(tx: Tx, { delivery, endpoint, now }: Found): Promise<{ waitMs: number }> {
  const pauseMs = Math.max((endpoint.pausedUntil?.getTime() ?? 0) - now.getTime(), 0)
  const waitMs = pauseMs + crowdDelayMs(await countBacklog(tx, endpoint.id), Math.random())
  await updateNextAttempt(tx, delivery.id, new Date(now.getTime() + waitMs))
  return { waitMs }
}
