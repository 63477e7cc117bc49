import type { Db } from '../../db/client.ts'
import { withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import { appendEvents } from '../../outbox/append.ts'
import type { WebhookAnswer } from '../../ports/webhook-sender.ts'
import { reportAttempt as reportRow } from './attempt-repo.ts'
import type { Claim } from './claim-attempt.ts'
import { judge } from './domain/delivery.ts'
import { paceAfter } from './domain/pace.ts'
import { lockEndpointForAttempt, updatePace } from './endpoint-repo.ts'
import { webhookAttemptPlanned } from './events.ts'
import { switchOff } from './switch-off.ts'

/** Stores what came of an attempt together with what follows: the next one, or an endpoint switched off. */
export async function reportAttempt(
  deps: { db: Db; clock: Clock },
  { delivery, attempts, leaseToken }: Claim,
  answer: WebhookAnswer,
): Promise<void> {
  const now = deps.clock.now()
  await withTx(deps.db, async (tx) => {
    const endpoint = await lockEndpointForAttempt(tx, delivery.endpointId)
    if (endpoint === undefined) return
    const pace = paceAfter(endpoint, answer, now)
    const verdict = judge(answer, { attempts, now, random: Math.random() }, pace.pausedUntil)
    const at = verdict.state === 'pending' ? verdict.at : null
    const isReported = await reportRow(
      tx,
      { id: delivery.id, leaseToken },
      {
        state: verdict.state,
        nextAttemptAt: at,
        settledAt: at === null ? now : null,
        lastStatusCode: answer.statusCode ?? null,
        lastFailure: answer.failure ?? null,
        lastLatencyMs: answer.latencyMs,
        lastExcerpt: answer.excerpt,
      },
    )
    if (!isReported) return
    await updatePace(tx, endpoint.id, pace)
    if (verdict.state === 'failed') await switchOff(tx, endpoint, { reason: verdict.reason, now })
    if (at === null) return
    const next = { deliveryId: delivery.id, attempt: attempts + 1, at: at.toISOString() }
    await appendEvents(tx, [webhookAttemptPlanned(next, now)])
  })
}
