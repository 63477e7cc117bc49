import { appendAudit } from '../../audit/append.ts'
import type { Tx } from '../../db/tx.ts'
import { appendEvents } from '../../outbox/append.ts'
import { callLine } from './call-line.ts'
import { type Endpoint, updateEndpointRow } from './endpoint-repo.ts'
import { webhookEndpointDisabled } from './events.ts'

/**
 * Stops an endpoint that asked for it (410) or failed for the last time, lets its owners be told, and calls its line to be
 * cancelled.
 */
export async function switchOff(
  tx: Tx,
  endpoint: Endpoint,
  { reason, now }: { reason: 'gone' | 'exhausted'; now: Date },
): Promise<void> {
  if (!endpoint.isEnabled) return
  const { id, orgId } = endpoint
  await updateEndpointRow(
    tx,
    { id, orgId },
    { isEnabled: false, disabledReason: reason, disabledAt: now, updatedAt: now },
  )
  await appendAudit(tx, { orgId, action: 'webhook_endpoint.disabled', objectId: id, facts: { reason }, at: now })
  await callLine(tx, id, { now })
  await appendEvents(tx, [webhookEndpointDisabled({ endpointId: id, orgId, reason }, now)])
}
