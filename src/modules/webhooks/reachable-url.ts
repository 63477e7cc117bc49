import { invalidField } from '../../kernel/errors.ts'
import type { WebhookSender } from '../../ports/webhook-sender.ts'

/** The address in the one spelling of its parser. @throws VALIDATION_FAILED when no webhook would be sent to it. */
export async function reachableUrl(webhooks: Pick<WebhookSender, 'refusalOf'>, url: string): Promise<string> {
  const refusal = await webhooks.refusalOf(url)
  if (refusal !== undefined) throw invalidField('#/url', refusal.code, refusal.hint)
  return new URL(url).href
}
