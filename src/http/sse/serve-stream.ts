import type { FastifyReply } from 'fastify'
import { AppError } from '../../kernel/errors.ts'
import type { Log } from '../../kernel/log.ts'
import type { LiveChannel } from '../../ports/live-channel.ts'
import { safeError } from '../safe-error.ts'
import { eventFrame, heartbeatFrame, noticeFrame, retryFrame } from './frame.ts'
import { outletOf } from './outlet.ts'
import type { Position } from './position.ts'
import { pump } from './pump.ts'
import type { Read } from './shared-reads.ts'
import type { StreamEvent } from './source.ts'
import type { StreamTimings } from './timings.ts'

export type Connection = {
  reply: FastifyReply
  position: Position
  greeting: unknown
  read: Read
  shape(event: StreamEvent): StreamEvent
  /** What to listen to for events, and for the end of the viewer's right to them. */
  topics: { events: readonly string[]; access: readonly string[] }
  /** @throws AppError when the viewer may no longer read. */
  renew(): Promise<void>
  /** Counts the stream in, given how to end it. @returns how to count it out. @throws RATE_LIMITED. */
  enter(end: () => void): () => void
}

export type ServingDeps = { live: LiveChannel; log: Log; timings: StreamTimings }

/** Keeps one client's stream going until the client leaves, the server closes, or the viewer may no longer read. */
export function serveStream({ live, log, timings }: ServingDeps, connection: Connection): void {
  const { reply, position, topics } = connection
  const response = reply.raw
  const ending = new AbortController()
  const end = (lastWords = '') => {
    if (ending.signal.aborted) return
    ending.abort()
    response.end(lastWords)
  }
  const leave = connection.enter(end)
  begin(connection, timings)
  const outlet = outletOf(response, timings)
  const events = pump({
    after: position.after,
    read: connection.read,
    shape: connection.shape,
    outlet,
    signal: ending.signal,
    onEnd: (reason) => end(reason === 'stalled' ? noticeFrame('resync', { reason }) : ''),
    onFailure: (error) => {
      log.error({ err: safeError(error) }, 'an event could not be written')
      end()
    },
  })
  const renew = () =>
    connection.renew().catch((error: unknown) => {
      // Anything else is an outage: who could read a minute ago keeps reading until we can ask.
      if (error instanceof AppError && error.code !== 'UNAVAILABLE') end(noticeFrame('closed', { code: error.code }))
    })
  const heartbeat = setInterval(() => {
    if (!outlet.isBlocked) void outlet.write(heartbeatFrame)
    events.wake()
  }, timings.heartbeatMs)
  const renewal = setInterval(renew, timings.renewalMs)
  const ends = [
    leave,
    live.listen(topics.events, events.wake),
    live.listen(topics.access, () => void renew()),
    () => clearInterval(heartbeat),
    () => clearInterval(renewal),
  ]
  ending.signal.addEventListener('abort', () => {
    for (const stop of ends) stop()
  })
  response.once('close', () => ending.abort())
  if (response.destroyed) ending.abort()
  events.wake()
}

/** Takes the answer out of Fastify's hands: its handler timeout would cut the stream. */
function begin({ reply, position, greeting, shape }: Connection, { retryMs }: StreamTimings): void {
  const response = reply.raw
  reply.hijack()
  // What a stream leaves behind is no connection for other requests; closing would wait for it.
  response.shouldKeepAlive = false
  response.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  const id = position.after
  const ready = shape({ id, event: 'ready', data: greeting })
  const resync = position.mustResync ? eventFrame({ id, event: 'resync', data: { reason: 'expired' } }) : ''
  response.write(retryFrame(retryMs) + resync + eventFrame(ready))
}
