import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { WebhookAnswer } from '../../ports/webhook-sender.ts'
import { reportAttempt as reportRow } from './attempt-repo.ts'
import { callLine } from './call-line.ts'
import type { Claim } from './claim-attempt.ts'
import { judge } from './domain/delivery.ts'
import { type Pace, paceAfter } from './domain/pace.ts'
import { type Endpoint, lockEndpointForAttempt, updatePace } from './endpoint-repo.ts'
import { switchOff } from './switch-off.ts'

/** Stores what came of an attempt together with what follows: the next one, the end of a pause, or an endpoint switched off. */
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
    if (at !== null) await callLine(tx, endpoint.id, { now, at })
    if (verdict.state === 'failed') await switchOff(tx, endpoint, { reason: verdict.reason, now })
    else await callAfterPause(tx, endpoint, pace, now)
  })
}

/** Who waits for the end of a pause that this report began, or made longer, relies on a call. */
async function callAfterPause(tx: Tx, before: Endpoint, { pausedUntil }: Pace, now: Date): Promise<void> {
  if (pausedUntil === null || pausedUntil.getTime() === before.pausedUntil?.getTime()) return
  await callLine(tx, before.id, { now, at: pausedUntil })
}
