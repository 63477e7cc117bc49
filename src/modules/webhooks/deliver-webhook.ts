import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { passFaultPoint } from '../../kernel/fault-points.ts'
import { type Outcome, snooze } from '../../kernel/job.ts'
import type { Vault } from '../../ports/vault.ts'
import type { WebhookSender } from '../../ports/webhook-sender.ts'
import { type Attempt, type Claim, claimAttempt } from './claim-attempt.ts'
import { bodyOf } from './domain/message.ts'
import { reportAttempt } from './report-attempt.ts'
import { openSecrets } from './secrets.ts'
import { signatureHeaders } from './signing.ts'

type Deps = { db: Db; clock: Clock; webhooks: Pick<WebhookSender, 'send'>; vault: Vault }

/**
 * One attempt at one delivery. No transaction is open while the receiver takes its time. At least once: a worker that dies
 * after sending leaves a lease that runs out, and the message goes out again under the same webhook-id.
 */
export async function deliverWebhook(deps: Deps, attempt: Attempt): Promise<Outcome | undefined> {
  const claim = await claimAttempt(deps, attempt)
  if (claim === undefined) return undefined
  if ('waitMs' in claim) return snooze(claim.waitMs)
  const result = await deps.webhooks.send(messageOf(deps, claim))
  passFaultPoint('webhook.sent')
  await reportAttempt(deps, claim, result)
  return undefined
}

function messageOf({ clock, vault }: Deps, { delivery, endpoint }: Claim) {
  const now = clock.now()
  const body = bodyOf(delivery)
  const timestamp = Math.floor(now.getTime() / 1_000)
  const signed = signatureHeaders({ id: delivery.eventId, timestamp, body }, openSecrets(vault, endpoint, now))
  const headers = { 'content-type': 'application/json', 'user-agent': 'Queqiao-Webhooks/1', ...signed }
  return { url: endpoint.url, headers, body }
}
