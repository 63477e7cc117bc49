import type { Tx } from '../../db/tx.ts'
import type { Id } from '../../kernel/ids.ts'
import { appendEvents } from '../../outbox/append.ts'
import { webhookLineCalled } from './events.ts'

type Endpoints = Id<'webhookEndpoint'> | readonly Id<'webhookEndpoint'>[]

/**
 * Lets somebody look at the line of each endpoint, now or later. The line is what is due there and not under way, oldest
 * first. While it is not empty, one of these holds, so that nothing has to be looked at again and again:
 *
 * - a worker serves it, and looks at it again after each attempt (`serveLine`);
 * - a call is on its way: what comes to an empty line calls, a retry calls for its time, the first claim of a worker's turn calls
 *   another one when there is room;
 * - the endpoint is paused: whoever set the pause called for its end.
 *
 * A call too many costs one look; one that was lost is made up for by `sweepDeliveries`.
 */
export async function callLine(
  tx: Tx,
  endpoints: Endpoints,
  { now, at = now }: { now: Date; at?: Date },
): Promise<void> {
  const ids = Array.isArray(endpoints) ? endpoints : [endpoints]
  await appendEvents(
    tx,
    ids.map((endpointId) => webhookLineCalled({ endpointId, at: at.toISOString() }, now)),
  )
}
