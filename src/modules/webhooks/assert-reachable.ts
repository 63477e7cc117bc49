import { invalidField } from '../../kernel/errors.ts'
import type { WebhookSender } from '../../ports/webhook-sender.ts'

/** @throws VALIDATION_FAILED for an address that no webhook would be sent to. */
export async function assertReachable(webhooks: Pick<WebhookSender, 'refusalOf'>, url: string): Promise<void> {
  const refusal = await webhooks.refusalOf(url)
  if (refusal !== undefined) throw invalidField('#/url', refusal.code, refusal.hint)
}
