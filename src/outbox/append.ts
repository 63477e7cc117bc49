import type { Tx } from '../db/tx.ts'
import type { DomainEvent } from '../kernel/domain-event.ts'
import { newId } from '../kernel/ids.ts'
import { outboxEvents } from './table.ts'

/** Stores facts in the transaction of the rows that made them true; the relay takes them from there. */
export async function appendEvents(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx.insert(outboxEvents).values(events.map((event) => ({ id: newId('event'), ...event })))
}
