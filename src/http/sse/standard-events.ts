import { z } from 'zod'

/** Events without a number that any stream may send beside its own. */
export const standardEvents = {
  resync: z
    .object({ reason: z.enum(['expired', 'stalled']) })
    .meta({ description: 'Events are missing here: read the resource anew. Its id is where the stream goes on.' }),
  closed: z
    .object({ code: z.string() })
    .meta({ description: 'The stream ends because you may no longer read it; the code is that of a problem.' }),
}

/** For the description of every stream. */
export const streamDescription =
  'Server-sent events. The first is `ready`; every event has an id, strictly increasing, and a client that connects again ' +
  'with the last one (`Last-Event-ID`, or `lastEventId` in the query) gets everything after it, without a gap. When that is ' +
  'no longer possible, `resync` comes first. A comment keeps the connection open every 15 s. Clients that cannot send an ' +
  'Authorization header take a ticket from `POST /v1/stream-tickets` for every connection. 204 means that nothing more will ' +
  'come: do not connect again. At most 3 of these streams for each user.'
