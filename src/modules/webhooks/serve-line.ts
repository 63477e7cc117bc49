import type { Db } from '../../db/client.ts'
import type { Clock } from '../../kernel/clock.ts'
import { passFaultPoint } from '../../kernel/fault-points.ts'
import { type Outcome, snooze } from '../../kernel/job.ts'
import type { Vault } from '../../ports/vault.ts'
import type { WebhookSender } from '../../ports/webhook-sender.ts'
import { type Call, type Claim, claimAttempt } from './claim-attempt.ts'
import { bodyOf } from './domain/message.ts'
import { reportAttempt } from './report-attempt.ts'
import { openSecrets } from './secrets.ts'
import { signatureHeaders } from './signing.ts'

type Deps = { db: Db; clock: Clock; webhooks: Pick<WebhookSender, 'send'>; vault: Vault }

/** Then other endpoints have their turn; the attempt that is running at its end may take 15 s more. */
const turnMs = 1_000

/**
 * Makes one attempt after the other at an endpoint while anything is due there. No transaction is open while the receiver takes
 * its time. At least once: a worker that dies after sending leaves a lease that runs out, and the message goes out again under
 * the same webhook-id.
 */
export async function serveLine(deps: Deps, call: Call): Promise<Outcome | undefined> {
  const endsAt = deps.clock.now().getTime() + turnMs
  let claim = await claimAttempt(deps, { ...call, isFirst: true })
  while (claim !== undefined) {
    const result = await deps.webhooks.send(messageOf(deps, claim))
    passFaultPoint('webhook.sent')
    await reportAttempt(deps, claim, result)
    if (deps.clock.now().getTime() >= endsAt) return snooze(0)
    claim = await claimAttempt(deps, { ...call, isFirst: false })
  }
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
