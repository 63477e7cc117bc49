import type { Socket } from 'node:net'
import type pg from 'pg'

/** Of a statement whose server fell silent. */
export const silentMessage = 'the database fell silent in the middle of a statement'

/**
 * Ends a connection over which nothing has come for so long while a statement waits for its answer: a server behind a way that
 * loses everything never says that the time is over. One timer a connection, put back by every byte. The driver's own
 * `query_timeout` assigns each statement a function, which V8 puts among old objects at once, and with it everything that it
 * closes over: no result went before the next collection of old ones, and to move them stopped a matching process for 14 ms.
 */
export function giveUpSilence(client: pg.ClientBase, silentMs: number): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  // All that was written before the driver had nothing left to wait for has been answered.
  let answered = stream.bytesWritten
  client.on('drain', () => {
    answered = stream.bytesWritten
  })
  stream.on('timeout', () => {
    if (stream.bytesWritten > answered) stream.destroy(new Error(silentMessage))
    // Nobody waits. A timer that has run out is not put back by bytes any more.
    else stream.setTimeout(silentMs)
  })
  stream.setTimeout(silentMs)
}
