import type { StreamEvent } from './source.ts'

/** One event on the wire. JSON has no raw line breaks, so one `data` line is enough. */
export function eventFrame({ id, event, data }: StreamEvent): string {
  return `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Without an id: where the client stands is not changed by it. */
export function noticeFrame(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}

export const retryFrame = (ms: number) => `retry: ${ms}\n\n`

/** A comment: clients ignore it. */
export const heartbeatFrame = ': heartbeat\n\n'
