import type { Tx } from '../db/tx.ts'
import { insertMany } from '../db/write-many.ts'
import type { DomainEvent } from '../kernel/domain-event.ts'
import { newId } from '../kernel/ids.ts'
import { currentTraceparent, traceparentKey } from '../kernel/tracing.ts'
import { outboxEvents } from './table.ts'

/** From here on one document is faster than a parameter for each value. */
const MANY = 20

/** Stores facts in the transaction of the rows that made them true; the relay takes them from there. */
export async function appendEvents(tx: Tx, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return
  const traceparent = currentTraceparent()
  const rows = events.map((event) => ({ id: newId('event'), ...event, data: withTrace(event.data, traceparent) }))
  if (rows.length < MANY) await tx.insert(outboxEvents).values(rows)
  else await insertMany(tx, outboxEvents, rows)
}

/** Beside the data, for the jobs that follow: subscriptions parse by their schema, which drops it. */
function withTrace(data: DomainEvent['data'], traceparent: string | undefined): DomainEvent['data'] {
  return traceparent === undefined ? data : { ...data, [traceparentKey]: traceparent }
}
