import type { Tx } from '../db/tx.ts'
import { type Id, newId } from '../kernel/ids.ts'
import { originFor } from './origin.ts'
import { auditEntries } from './table.ts'

export type AuditEntry = {
  orgId?: Id<'organisation'>
  userId?: Id<'user'>
  /** `<thing>.<past tense verb>`, for example `review_item.decided`. */
  action: string
  objectId?: string
  facts?: Record<string, unknown>
  at: Date
}

/** Records an action, and the request that asked for it, in the transaction of the action itself, so that neither exists without the other. */
export async function appendAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.insert(auditEntries).values({ id: newId('audit'), facts: {}, ...originFor(entry.orgId), ...entry })
}
