import { isDeepStrictEqual } from 'node:util'
import { appendAudit } from '../../audit/append.ts'
import type { Db } from '../../db/client.ts'
import { type Tx, withTx } from '../../db/tx.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { DomainEvent } from '../../kernel/domain-event.ts'
import { versionConflict } from '../../kernel/etag.ts'
import type { Id } from '../../kernel/ids.ts'
import type { Principal } from '../../kernel/principal.ts'
import { appendEvents } from '../../outbox/append.ts'
import { insertDealChange } from './change-repo.ts'
import { commissionAfter } from './commission-after.ts'
import { type Deal, type DealChange, lockDeal, updateDealRow } from './deal-repo.ts'
import { type DealRelation, loadDealRelation } from './policy.ts'

export type DealDeps = { db: Db; clock: Clock }

type Change = {
  id: Id<'deal'>
  /** From If-Match; a change without it is one that does not depend on what else was changed. */
  version?: number | undefined
  action: string
  change(deal: Deal, context: { relation: DealRelation; tx: Tx; now: Date }): Promise<DealChange> | DealChange
  events?(after: Deal, before: Deal, now: Date): DomainEvent[]
}

/**
 * The one way in which a stored deal changes: lock the row, ask who may, check the version, write row, history with the values
 * before and after, audit and facts. @throws NOT_FOUND, PRECONDITION_FAILED
 */
export function changeDeal({ db, clock }: DealDeps, actor: Principal, input: Change): Promise<Deal> {
  return withTx(db, async (tx) => {
    const before = await lockDeal(tx, input.id)
    const relation = await loadDealRelation(tx, actor, before)
    if (input.version !== undefined && input.version !== before.version) throw versionConflict(before.version)
    const now = clock.now()
    const change = await input.change(before, { relation, tx, now })
    const { action, events } = input
    return writeChange(tx, before, { change, action, events, by: actor, now })
  })
}

type Written = Pick<Change, 'action'> & {
  change: DealChange
  events: Change['events'] | undefined
  /** Null when another module's fact caused it: nobody's action, so nothing for the audit. */
  by: Pick<Principal, 'userId' | 'orgId'> | null
  now: Date
}

/** Row, history, audit and facts of one change, for a caller that holds the deal locked. */
export async function writeChange(tx: Tx, before: Deal, { change, action, events, by, now }: Written): Promise<Deal> {
  const commission = await commissionAfter(tx, before, change)
  const after = await updateDealRow(tx, before.id, { ...change, commission, updatedAt: now })
  await insertDealChange(tx, {
    ...{ dealId: after.id, version: after.version, action, at: now },
    ...{ userId: by?.userId ?? null, orgId: by?.orgId ?? null },
    ...{ fromStage: before.stage, toStage: after.stage, changes: differences(before, after) },
  })
  if (by !== null) {
    const facts = { from: before.stage, to: after.stage, fields: Object.keys(change) }
    const { userId, orgId } = by
    await appendAudit(tx, { orgId, userId, action: `deal.${action}`, objectId: after.id, facts, at: now })
  }
  await appendEvents(tx, events?.(after, before, now) ?? [])
  return after
}

const unremarkable = ['version', 'updatedAt']

function differences(before: Deal, after: Deal): Record<string, { before: unknown; after: unknown }> {
  const names = Object.keys(after) as (keyof Deal)[]
  const changed = names.filter((name) => !unremarkable.includes(name) && !isDeepStrictEqual(before[name], after[name]))
  return Object.fromEntries(changed.map((name) => [name, { before: before[name], after: after[name] }]))
}
